// A page that nobody looks at asks for nothing: hx-trigger="every …" rests while the tab is hidden.
// It also rests while somebody reads, types or answers a dialog in the part that would be replaced.
// (A filter such as [!document.hidden] would need eval, which our CSP forbids.)

/** Say whether htmx asks by its clock rather than because of something the person did. */
export function isPolling(event: Event): boolean {
  const detail = (event as CustomEvent<{ requestConfig?: { triggeringEvent?: Event } }>).detail;
  return !detail.requestConfig?.triggeringEvent;
}

/** Say whether somebody is in the middle of something that a swap would take away. */
function isBusy(part: Element): boolean {
  const selection = document.getSelection();
  const isReading = selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
  const isTyping = document.activeElement?.matches("input, textarea, select") && part.contains(document.activeElement);
  return isReading || isTyping || part.querySelector("details[open]") !== null || document.querySelector("dialog[open]") !== null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isPolling(event) && (document.hidden || isBusy(event.target as Element))) event.preventDefault();
});

// What scrolls by itself stays where one had scrolled it to: give it an id and data-keeps-scroll.
const scrolled = new Map<string, [number, number]>();

document.addEventListener("htmx:beforeSwap", () => {
  for (const part of document.querySelectorAll("[data-keeps-scroll]")) scrolled.set(part.id, [part.scrollLeft, part.scrollTop]);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, [left, top]] of scrolled) document.getElementById(id)?.scrollTo({ left, top, behavior: "instant" });
  scrolled.clear();
});
