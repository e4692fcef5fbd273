// What boards of any kind share: where a card lies, how it is dragged, and what is said afterwards.
import Sortable from "sortablejs";

export interface Spot {
  list: HTMLElement;
  after: Element | null;
}

export const isStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The card before this one, over anything that is no card. */
export function cardBefore(card: Element): Element | null {
  const before = card.previousElementSibling;
  return before?.matches(".board-card") ? before : null;
}

export function spotOf(card: HTMLElement): Spot {
  return { list: card.parentElement!, after: cardBefore(card) };
}

export function putBack(card: HTMLElement, { list, after }: Spot): void {
  if (after?.parentElement === list) after.after(card);
  else list.prepend(card);
}

/** Let the cards of a list be dragged; on a phone after a long press, so that one can scroll. */
export function dragged(list: HTMLElement, options: Sortable.Options): Sortable {
  return Sortable.create(list, {
    draggable: ".board-card",
    filter: "form, .menu, [data-menu]",
    preventOnFilter: false,
    delay: 200,
    delayOnTouchOnly: true,
    animation: isStill() ? 0 : 150,
    ghostClass: "deal-card--ghost",
    ...options,
  });
}

/** The keys of so many cards, as an address names them. */
export function named(cards: Iterable<HTMLElement>, most: number): string {
  return [...cards].slice(0, most).map((card) => card.dataset["id"]).join(",");
}

export function toast(text: string, action?: { label: string; run: () => void }, level = "success"): void {
  const detail = { text, level, ...(action ? { action } : {}) };
  document.dispatchEvent(new CustomEvent("paraph:toast", { detail }));
}
