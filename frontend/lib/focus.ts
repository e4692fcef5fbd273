// Where the focus goes when a part of the page is replaced: to what was refused, else it stays near,
// as at the button of the menu that was chosen from, where that has an id; where the menu has gone with
// what it belonged to, at what it names to follow (data-then).

const REFUSAL = ".note--bad[role=alert]";
const WRONG = "form [aria-invalid=true]:not([type=hidden], :disabled)";
let wasWithin = false;
let openedBy: string[] = [];

/** The first field that was refused, else the words that say why; a part of a page needs the words. */
const toRefusal = (within: ParentNode): boolean => {
  const refusal = within.querySelector<HTMLElement>(REFUSAL);
  if (!refusal && within !== document) return false;
  const wrong = within.querySelector<HTMLElement>(WRONG) ?? refusal;
  wrong?.focus();
  return wrong !== null;
};

export const isLost = (): boolean => !document.activeElement || document.activeElement === document.body;

document.addEventListener("DOMContentLoaded", () => toRefusal(document));
document.addEventListener("htmx:beforeSwap", (event) => {
  const replaced = event.target instanceof Element ? event.target : document.body;
  const opener = document.activeElement?.closest("details.menu")?.querySelector("summary");
  openedBy = [opener?.id, opener?.dataset["then"]].filter((id) => id !== undefined);
  wasWithin = !isLost() && (opener != null || replaced.contains(document.activeElement)); // a menu may be renewed beside it
});
document.addEventListener("htmx:afterSettle", (event) => {
  const replaced = event.target instanceof Element ? event.target : document;
  if (!toRefusal(replaced) && wasWithin && isLost()) {
    const near = [...openedBy, "content"].map((id) => document.getElementById(id)).find((element) => element !== null);
    near?.focus({ preventScroll: true });
  }
});
