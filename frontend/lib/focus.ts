// Where the focus goes when a part of the page is replaced: to what was refused, else it stays near.

const REFUSAL = ".note--bad[role=alert]";
let wasWithin = false;

const toRefusal = (within: ParentNode): boolean => {
  const refusal = within.querySelector<HTMLElement>(REFUSAL);
  refusal?.focus();
  return refusal !== null;
};

const isLost = (): boolean => !document.activeElement || document.activeElement === document.body;

document.addEventListener("DOMContentLoaded", () => toRefusal(document));
document.addEventListener("htmx:beforeSwap", (event) => {
  const replaced = event.target instanceof Element ? event.target : document.body;
  wasWithin = !isLost() && replaced.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const replaced = event.target instanceof Element ? event.target : document;
  if (!toRefusal(replaced) && wasWithin && isLost()) {
    document.getElementById("content")?.focus({ preventScroll: true });
  }
});
