// The one menu of a board's cards: it opens at a card, with what that card's own moves allow.

import { watched } from "../moved";

export type Doing = "look" | "open" | "send" | "remind" | "reopen" | "cancel";

export class CardMenu {
  #menu: HTMLElement;
  #card: HTMLElement | undefined;
  #isStillThere = (): boolean => true;

  constructor(
    board: HTMLElement,
    private readonly chosen: (card: HTMLElement, what: Doing) => void,
    signal: AbortSignal,
  ) {
    const template = document.getElementById("card-menu") as HTMLTemplateElement;
    this.#menu = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    this.#menu.hidden = true;
    board.append(this.#menu);
    this.#menu.addEventListener("click", (event) => this.#click(event), { signal });
    this.#menu.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("pointerdown", (event) => {
      if (!this.#menu.contains(event.target as Node) && !(event.target as Element).closest("[data-menu]")) this.close();
    }, { signal });
    document.addEventListener("scroll", () => this.#isStillThere() || this.close(), { signal, capture: true });
  }

  get card(): HTMLElement | undefined {
    return this.#card;
  }

  toggle(card: HTMLElement): void {
    if (this.#card === card) this.close(true);
    else this.open(card);
  }

  open(card: HTMLElement): void {
    this.close();
    this.#card = card;
    const moves = (card.dataset["moves"] ?? "").split(" ");
    for (const item of this.#items) item.hidden = !["look", "open", ...moves].includes(item.dataset["do"]!);
    this.#menu.querySelector<HTMLAnchorElement>("[data-do=open]")!.href = card.querySelector<HTMLAnchorElement>("h3 a")!.href;
    this.#menu.hidden = false;
    this.#place(card.querySelector<HTMLElement>("[data-menu]")!);
    this.#items.find((item) => !item.hidden)?.focus({ preventScroll: true });
  }

  close(isBack = false): void {
    const button = this.#card?.querySelector<HTMLElement>("[data-menu]");
    button?.setAttribute("aria-expanded", "false");
    this.#menu.hidden = true;
    this.#card = undefined;
    if (isBack) button?.focus();
  }

  get #items(): HTMLElement[] {
    return [...this.#menu.querySelectorAll<HTMLElement>(".menu__item")];
  }

  #place(button: HTMLElement): void {
    button.setAttribute("aria-expanded", "true");
    this.#isStillThere = watched(button);
    const { top, bottom, right } = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#menu;
    const isLow = bottom + offsetHeight + 12 > innerHeight;
    this.#menu.style.left = `${Math.max(8, right - offsetWidth)}px`;
    this.#menu.style.top = `${isLow ? Math.max(8, top - offsetHeight - 4) : bottom + 4}px`;
  }

  #click(event: Event): void {
    const what = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"] as Doing | undefined;
    const card = this.#card;
    if (!what || !card || what === "open") return;
    this.close(true);
    this.chosen(card, what);
  }

  #key(event: KeyboardEvent): void {
    const shown = this.#items.filter((item) => !item.hidden);
    const now = shown.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) shown[(now + step + shown.length) % shown.length]?.focus();
    else if (event.key === "Escape") this.close(true);
    else if (event.key === "Tab") return this.close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
