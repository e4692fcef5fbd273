// A board by keyboard: arrows walk from card to card, letters do what the menu does.

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Keys {
  menu: (card: HTMLElement) => void;
  open: (card: HTMLElement) => void;
  shift: (card: HTMLElement, step: number) => void;
  help: () => void;
}

export function listenToKeys(board: HTMLElement, keys: Keys, signal: AbortSignal): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (pressed(board, keys, event)) event.preventDefault();
  }, { signal });
}

function pressed(board: HTMLElement, keys: Keys, event: KeyboardEvent): boolean {
  if (event.key === "?") return done(keys.help());
  if (event.key === "/") return focusOn(document.querySelector<HTMLElement>(".live-search input[type=search]"));
  const card = (event.target as Element).closest<HTMLElement>(".board-card");
  if (!card || !board.contains(card)) return false;
  const step = STEPS[event.key];
  if (step && event.altKey) return step[0] ? done(keys.shift(card, step[0])) : false;
  if (step) return step[0] ? sideways(board, card, step[0]) : along(board, card, step[1]);
  if (event.key === "m") return done(keys.menu(card));
  if (event.key === "o") return done(keys.open(card));
  return false;
}

/** To the next card of the column; after the last, to the same column of the next lane that has cards. */
function along(board: HTMLElement, card: HTMLElement, step: number): boolean {
  const column = card.closest<HTMLElement>("[data-stage]")!;
  const same = [...board.querySelectorAll(`[data-stage="${column.dataset["stage"]}"]`)];
  const cards = same.flatMap(cardsOf);
  return focusOn(linkOf(cards[cards.indexOf(card) + step]));
}

/** To the next column that has cards, as near to the same height as can be. */
function sideways(board: HTMLElement, card: HTMLElement, step: number): boolean {
  const columns = [...(card.closest("[data-lane]") ?? board).querySelectorAll("[data-stage]")];
  const height = card.getBoundingClientRect().top;
  for (let at = columns.indexOf(card.closest("[data-stage]")!) + step; columns[at]; at += step) {
    const cards = cardsOf(columns[at]!);
    const near = cards.find((it) => it.getBoundingClientRect().bottom > height) ?? cards.at(-1);
    if (near) return focusOn(linkOf(near));
  }
  return false;
}

const cardsOf = (column: Element): HTMLElement[] => [...column.querySelectorAll<HTMLElement>(".board-card")];
const linkOf = (card: HTMLElement | undefined): HTMLElement | null => card?.querySelector<HTMLElement>("h3 a") ?? null;

function done(_result: void): true {
  return true;
}

function focusOn(element: HTMLElement | null): boolean {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return element !== null;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}
