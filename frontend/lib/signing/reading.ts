// Shows a document as text that reflows, in the place of its pages, and the pages again.

/** Follow the switch of a document; the first time, its text is fetched. */
export async function switchText(link: HTMLAnchorElement): Promise<void> {
  const text = document.getElementById(link.dataset["text"]!)!;
  if (!text.childElementCount) {
    const answer = await fetch(link.href).catch(() => null);
    const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
    const article = page.querySelector("article");
    if (!article) return location.assign(link.href);
    dress(page);
    text.replaceChildren(article);
  }
  text.hidden = !text.hidden;
  link.setAttribute("aria-expanded", String(!text.hidden));
  text.parentElement!.classList.toggle("is-text", !text.hidden);
  if (!text.hidden) text.scrollIntoView({ block: "start" });
}

/** Load the styles that the text's own page has and this one has not. */
function dress(page: Document): void {
  for (const style of page.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")) {
    const address = style.getAttribute("href")!;
    if (!document.querySelector(`link[href="${address}"]`)) document.head.append(style.cloneNode());
  }
}
