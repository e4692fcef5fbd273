// <deal-board>: cards that are dragged, or led by Alt and the arrow keys, from column to column.
// Each card's menu does the same without this script. A toast offers the way back.
import htmx from "htmx.org";
import Sortable from "sortablejs";

import { cardBefore, dragged, putBack, spotOf, toast, type Spot } from "../../lib/board/cards";
import { define, Island } from "../../lib/element";

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

class DealBoard extends Island {
  #sortables: Sortable[] = [];

  protected override start(): void {
    if (!("movable" in this.dataset)) return;
    this.#sortables = this.#lists.map((list) => dragged(list, this.#options()));
    this.on<KeyboardEvent>("keydown", (event) => this.#key(event));
    this.on<SubmitEvent>("submit", (event) => this.#submit(event));
  }

  override disconnectedCallback(): void {
    for (const sortable of this.#sortables) sortable.destroy();
    super.disconnectedCallback();
  }

  get #lists(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".board__cards")];
  }

  #options(): Sortable.Options {
    let left: Spot | undefined;
    return {
      group: "deals",
      onStart: ({ item }) => (left = spotOf(item)),
      onEnd: ({ item }) => {
        if (left && (left.list !== item.parentElement || left.after !== cardBefore(item))) this.#tell(item, left);
      },
    };
  }

  #key(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>(".deal-card");
    const step = STEPS[event.key];
    if (!card || !step || !event.altKey) return;
    event.preventDefault();
    const left = spotOf(card);
    if (step[0] ? this.#sideways(card, step[0]) : this.#along(card, step[1])) {
      card.querySelector("a")?.focus();
      card.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.#tell(card, left);
    }
  }

  #sideways(card: HTMLElement, step: number): boolean {
    const list = this.#lists[this.#lists.indexOf(card.parentElement!) + step];
    list?.prepend(card);
    return Boolean(list);
  }

  #along(card: HTMLElement, step: number): boolean {
    const other = step < 0 ? cardBefore(card) : card.nextElementSibling;
    if (!other?.matches(".deal-card")) return false;
    if (step < 0) other.before(card);
    else other.after(card);
    return true;
  }

  /** The menu of a card: its button names the stage. */
  #submit(event: SubmitEvent): void {
    const card = (event.target as Element).closest<HTMLElement>(".deal-card");
    const stage = (event.submitter as HTMLButtonElement | null)?.value;
    const list = this.querySelector<HTMLElement>(`[data-stage="${stage}"] .board__cards`);
    if (!card || !list) return;
    event.preventDefault();
    card.querySelector("details")?.removeAttribute("open");
    const left = spotOf(card);
    list.prepend(card);
    card.querySelector("a")?.focus();
    this.#tell(card, left);
  }

  /** Say where a card lies now; the answer is the new heads of its columns. */
  #tell(card: HTMLElement, left: Spot, isUndo = false): void {
    const column = card.closest<HTMLElement>("[data-stage]")!;
    const after = cardBefore(card)?.getAttribute("data-id") ?? "";
    const { q = "", responsible = "" } = this.dataset;
    const values = { board: "1", stage: column.dataset["stage"]!, after, q, responsible };
    const before = left.list.closest<HTMLElement>("[data-stage]");
    void htmx.ajax("post", card.dataset["move"]!, { source: card, target: card, values, swap: "none" });
    card.addEventListener("htmx:responseError", () => this.#back(card, left), { once: true });
    if (before !== column && !isUndo) this.#offer(card, column, () => this.#back(card, left, true));
  }

  #back(card: HTMLElement, left: Spot, isUndo = false): void {
    const now = spotOf(card);
    putBack(card, left);
    if (isUndo) this.#tell(card, now, true);
  }

  #offer(card: HTMLElement, column: HTMLElement, run: () => void): void {
    const deal = card.querySelector("h3")!.textContent!.trim();
    const stage = column.querySelector("h2")!.textContent!.trim();
    const text = this.dataset["moved"]!.replace("{deal}", deal).replace("{stage}", stage);
    toast(text, { label: this.dataset["undo"]!, run });
  }
}

define("deal-board", DealBoard);
