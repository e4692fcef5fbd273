// What the answer of a check offers: earlier versions out of the file at hand, and a report to copy.

/** Show the buttons that save the file as it was when somebody signed it. */
export function offerVersions(page: HTMLElement, file: File): void {
  const stem = file.name.replace(/\.pdf$/i, "");
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-version]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const part = file.slice(0, Number(button.dataset["version"]), "application/pdf");
      save(part, `${stem}-${button.dataset["number"]}.pdf`);
    });
  }
}

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Let the report be copied by a button, which then says so. */
export function copyButtons(page: ParentNode): void {
  for (const place of page.querySelectorAll("copy-report")) {
    const button = place.querySelector<HTMLButtonElement>("button");
    button?.addEventListener("click", () => void copy(place, button));
  }
}

async function copy(place: Element, button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(place.querySelector("pre")?.textContent ?? "");
  const said = button.lastChild;
  if (!said || !button.dataset["copied"]) return;
  const before = said.textContent;
  said.textContent = button.dataset["copied"];
  setTimeout(() => (said.textContent = before), 2000);
}
