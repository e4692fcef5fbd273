// Brings a place before the eyes: large enough to read, in the middle of what the sheet leaves free.
const MARGIN = 24;
const STEPS = [1, 1.5, 2, 2.6];
const LEGIBLE = 150; // pixels: a place narrower than this is shown larger

const pages = (): HTMLElement => document.querySelector<HTMLElement>(".signing__scroll")!;

function zoom(): number {
  return Number(pages().dataset["zoom"] ?? 1);
}

function setZoom(factor: number): void {
  pages().dataset["zoom"] = String(factor);
  pages().style.setProperty("--zoom", String(factor));
}

/** Show the pages one step larger or smaller, around what is in the middle now. */
export function zoomBy(step: number): void {
  const scroll = pages();
  const middle = (scroll.scrollLeft + scroll.clientWidth / 2) / scroll.scrollWidth;
  const at = STEPS.findIndex((factor) => factor >= zoom());
  setZoom(STEPS[Math.min(STEPS.length - 1, Math.max(0, at + step))]!);
  scroll.scrollLeft = middle * scroll.scrollWidth - scroll.clientWidth / 2;
}

/** Scroll to a place once the step that belongs to it has been drawn. */
export function moveTo(place: Element, sheet: HTMLElement): void {
  const isAtBottom = getComputedStyle(sheet).position === "fixed";
  if (isAtBottom) enlarge(place);
  const scroll = pages();
  const free = window.innerHeight - (isAtBottom ? sheet.offsetHeight : 0);
  const box = place.getBoundingClientRect();
  const frame = scroll.getBoundingClientRect();
  scroll.scrollTo({ left: scroll.scrollLeft + box.left - frame.left - (frame.width - box.width) / 2 });
  window.scrollTo({ top: window.scrollY + box.top - Math.max(MARGIN, (free - box.height) / 2) });
}

function enlarge(place: Element): void {
  const width = place.getBoundingClientRect().width / zoom();
  const fitting = STEPS.find((factor) => width * factor >= LEGIBLE) ?? STEPS.at(-1)!;
  if (fitting > zoom()) setZoom(fitting);
}

/** Do something after the browser has shown what a tap did. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => window.setTimeout(work));
}
