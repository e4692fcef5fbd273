// A page that nobody looks at asks for nothing: hx-trigger="every …" rests while the tab is hidden.
// It also rests while somebody reads, types, presses or answers a dialog in the part that would be
// replaced; an answer that comes then is not shown.
// (A filter such as [!document.hidden] would need eval, which our CSP forbids.)

type Asked = CustomEvent<{ requestConfig?: { elt: Element; triggeringEvent?: Event }; target: Element }>;

const CLICK_FOLLOWS = 100; // milliseconds after a finger has left the screen
let isPressing = false;
let released: ReturnType<typeof setTimeout> | undefined;

/** Say whether htmx asks by its clock rather than because of something the person, or a script, did. */
export function isPolling(event: Event): boolean {
  const { requestConfig: asked } = (event as Asked).detail;
  return asked !== undefined && !asked.triggeringEvent && (asked.elt.getAttribute("hx-trigger")?.includes("every") ?? false);
}

document.addEventListener("pointerdown", ({ button }) => {
  clearTimeout(released);
  isPressing = button === 0; // of another one, a menu of the browser's own may keep the end to itself
}, { capture: true });
for (const type of ["pointerup", "pointercancel"]) {
  document.addEventListener(type, () => (released = setTimeout(() => (isPressing = false), CLICK_FOLLOWS)), { capture: true });
}

/** Say whether somebody is in the middle of something that a swap would take away. */
function isBusy(part: Element): boolean {
  const selection = document.getSelection();
  const isReading = selection !== null && !selection.isCollapsed && selection.containsNode(part, true);
  const isTyping = document.activeElement?.matches("input, textarea, select") && part.contains(document.activeElement);
  return isPressing || isReading || isTyping || part.querySelector("details[open]") !== null || document.querySelector("dialog[open]") !== null;
}

for (const moment of ["htmx:beforeRequest", "htmx:beforeSwap"]) {
  document.addEventListener(moment, (event) => {
    if (isPolling(event) && (document.hidden || isBusy((event as Asked).detail.target))) event.preventDefault();
  });
}

// What scrolls by itself stays where one had scrolled it to: give it an id and data-keeps-scroll.
const scrolled = new Map<string, [number, number]>();

document.addEventListener("htmx:beforeSwap", () => {
  for (const part of document.querySelectorAll("[data-keeps-scroll]")) scrolled.set(part.id, [part.scrollLeft, part.scrollTop]);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, [left, top]] of scrolled) document.getElementById(id)?.scrollTo({ left, top, behavior: "instant" });
  scrolled.clear();
});
