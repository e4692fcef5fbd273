// What the keyboard does with a selected place: arrows move it, with Shift they resize it.
import type { Place } from "./model";

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const STEP = 8;
const FINE_STEP = 1;

/** The place after an arrow key, or nothing if another key was pressed. */
export function shifted(place: Place, event: KeyboardEvent): Place | undefined {
  const arrow = ARROWS[event.key];
  if (!arrow || event.ctrlKey || event.metaKey) return undefined;
  const step = event.altKey ? FINE_STEP : STEP;
  const [dx, dy] = [arrow[0] * step, arrow[1] * step];
  return event.shiftKey
    ? { ...place, width: place.width + dx, height: place.height + dy }
    : { ...place, x: place.x + dx, y: place.y + dy };
}

export function isUndo(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "text";
}
