// What the keyboard does on the pages: arrows move by a point, with Shift by ten, with Alt they resize.
export type Command =
  | { does: "move" | "resize"; dx: number; dy: number }
  | { does: "remove" | "duplicate" | "copy" | "cut" | "paste" | "all" | "undo" | "redo" | "escape" | "enter" | "toggle" | "bigger" | "smaller" };

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const PLAIN: Record<string, "remove" | "enter" | "toggle"> = {
  Delete: "remove",
  Backspace: "remove",
  Enter: "enter",
  " ": "toggle",
};
const STEP = 1;
const LARGE_STEP = 10;

/** What a key asks for; nothing where one is writing. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.key === "Escape") return { does: "escape" };
  if (isWriting(event.target)) return undefined;
  if (event.ctrlKey || event.metaKey) return withControl(event);
  if (!(event.target as Element).closest(".placed")) return undefined;
  const arrow = ARROWS[event.key];
  if (!arrow) return PLAIN[event.key] && { does: PLAIN[event.key]! };
  const step = event.shiftKey ? LARGE_STEP : STEP;
  return { does: event.altKey ? "resize" : "move", dx: arrow[0] * step, dy: arrow[1] * step };
}

function withControl(event: KeyboardEvent): Command | undefined {
  const key = event.key.toLowerCase();
  if (key === "z") return { does: event.shiftKey ? "redo" : "undo" };
  if (key === "y") return { does: "redo" };
  if (key === "a") return { does: "all" };
  if (key === "d") return { does: "duplicate" };
  if (key === "v") return { does: "paste" };
  // Words that somebody marked on the page are theirs to copy.
  if ((key === "c" || key === "x") && !String(getSelection())) return { does: key === "c" ? "copy" : "cut" };
  if (key === "+" || key === "=") return { does: "bigger" };
  return key === "-" ? { does: "smaller" } : undefined;
}

function isWriting(target: EventTarget | null): boolean {
  const isText = target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
  return isText || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
