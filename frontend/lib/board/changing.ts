// Puts what has changed into a board that is open: only those cards, each where it belongs now. The
// focus, what is scrolled, and what somebody has open stay as they are.
import htmx from "htmx.org";

import { isStill } from "./cards";

const MOVE = { duration: 350, easing: "cubic-bezier(0.2, 0, 0, 1)" };

export interface Change {
  card: HTMLElement;
  kind: "moved" | "left" | "changed";
}

/** Take the changes in, and tell what became of cards that could be seen. */
export function takeIn(board: HTMLElement, changes: Element): Change[] {
  for (const head of changes.querySelectorAll(".board__count")) {
    const now = document.getElementById(head.id);
    if (now && now.innerHTML !== head.innerHTML) now.replaceWith(made(head));
  }
  const told: Change[] = [];
  for (const key of (changes.getAttribute("data-gone") ?? "").split(",")) {
    const card = key ? board.querySelector<HTMLElement>(`.board-card[data-id="${key}"]`) : null;
    if (card) told.push({ card, kind: "left" });
    if (card) countDown(card, changes);
    card?.remove();
  }
  for (const card of changes.querySelectorAll<HTMLElement>(".board-card")) {
    const before = board.querySelector<HTMLElement>(`.board-card[data-id="${card.dataset["id"]}"]`);
    if (before && before.dataset["of"] !== card.dataset["of"]) countDown(before, changes);
    const kind = place(board, made(card));
    if (kind) told.push({ card, kind });
  }
  return told;
}

/** A card leaves its lane: of lanes that hold none of what changed the answer has no counts. */
function countDown(card: HTMLElement, changes: Element): void {
  const name = `count-${card.dataset["of"]}-${card.dataset["in"]}`;
  const count = document.getElementById(name);
  if (!count || count.querySelector("button") || changes.querySelector(`[id="${name}"]`)) return;
  const left = Number(count.textContent!.replace(/\D/g, "")) - 1;
  count.textContent = Math.max(0, left).toLocaleString(document.documentElement.lang);
}

function made(part: Element): HTMLElement {
  const copy = document.importNode(part, true) as HTMLElement;
  htmx.process(copy);
  return copy;
}

function place(board: HTMLElement, card: HTMLElement): Change["kind"] | undefined {
  const before = board.querySelector<HTMLElement>(`.board-card[data-id="${card.dataset["id"]}"]`);
  const column = laneOf(board, card)?.querySelector<HTMLElement>(`[data-stage="${card.dataset["in"]}"]:not(.board__column--folded)`) ?? null;
  const wasIn = before?.dataset["in"];
  if (before && isSame(before, card) && column?.contains(before)) return undefined;
  const from = before?.getBoundingClientRect();
  const hadFocus = before?.contains(document.activeElement) ?? false;
  const follower = column ? nextOf(column, card) : null;
  const isSeen = column !== null && follower !== undefined;
  before?.remove();
  if (isSeen) {
    const list = column.querySelector(".board__cards")!;
    list.insertBefore(card, follower ?? list.querySelector(":scope > .board__more, :scope > .board__empty"));
    if (hadFocus) card.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
    arrive(card, from);
  }
  if (wasIn === card.dataset["in"]) return isSeen ? "changed" : undefined;
  return "moved";
}

/** Where a card's columns are: in the lane of whose it is; null where that is not on the page. */
function laneOf(board: HTMLElement, card: HTMLElement): HTMLElement | null {
  const lane = card.dataset["of"];
  return lane ? board.querySelector<HTMLElement>(`[data-lane="${lane}"]`) : board;
}

function isSame(one: Element, other: Element): boolean {
  return one.textContent === other.textContent && one.getAttribute("data-order") === other.getAttribute("data-order");
}

/** The card it stands before; null at the end; undefined where it lies beyond what is loaded. */
function nextOf(column: HTMLElement, card: HTMLElement): Element | null | undefined {
  const order = card.dataset["order"]!;
  const cards = [...column.querySelectorAll<HTMLElement>(".board-card")].filter((it) => it.dataset["id"] !== card.dataset["id"]);
  const follower = cards.find((it) => it.dataset["order"]! < order);
  if (follower) return follower;
  return column.querySelector(".board__more") ? undefined : null;
}

function arrive(card: HTMLElement, from: DOMRect | undefined): void {
  if (isStill() || !from) return;
  const to = card.getBoundingClientRect();
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (!x && !y) return;
  card.classList.add("board-card--moving");
  const way = card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], MOVE);
  way.finished.finally(() => card.classList.remove("board-card--moving")).catch(() => undefined);
}
