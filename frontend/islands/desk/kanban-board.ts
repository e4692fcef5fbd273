// <kanban-board>: the board of documents. It asks for what has changed, and lets cards be moved where
// the life cycle allows, by dragging, by the menu, or by the keyboard.
import htmx from "htmx.org";
import Sortable from "sortablejs";

import { dragged, named, putBack, spotOf, toast } from "../../lib/board/cards";
import { takeIn, type Change } from "../../lib/board/changing";
import { listenToKeys } from "../../lib/board/keys";
import { Live, type Answer } from "../../lib/board/live";
import { Looker } from "../../lib/board/looking";
import { CardMenu, type Doing } from "../../lib/board/menu";
import { tellTimes } from "../../lib/board/times";
import { define, Island } from "../../lib/element";

const MOST_TOLD = 3;

class KanbanBoard extends Island {
  #sortables = new Map<HTMLElement, Sortable>();
  #gone = new AbortController();
  #live!: Live;
  #menu!: CardMenu;
  #looker!: Looker;
  #isHeld = false;

  protected override start(): void {
    const { signal } = (this.#gone = new AbortController());
    this.#live = new Live(() => this.#pulse(), () => this.#address(), (answer) => this.#take(answer), () => toast(this.dataset["offline"]!, undefined, "warning"), signal);
    this.#menu = new CardMenu(this, (card, what) => this.#do(card, what), signal);
    this.#looker = new Looker(this, signal);
    const keys = { menu: (card: HTMLElement) => this.#menu.open(card), open: openPage, shift: (card: HTMLElement, step: number) => this.#shift(card, step), help };
    listenToKeys(this, keys, signal);
    tellTimes(this, signal);
    this.on<MouseEvent>("click", (event) => this.#click(event));
    this.on<CustomEvent>("paraph:moved", (event) => this.#moved(event), document);
    document.querySelector("[data-keys]")?.addEventListener("click", help, { signal });
    this.on<CustomEvent>("htmx:afterSettle", () => this.#letDrag());
    this.#letDrag();
  }

  override disconnectedCallback(): void {
    this.#gone.abort();
    for (const sortable of this.#sortables.values()) sortable.destroy();
    this.#sortables.clear();
    super.disconnectedCallback();
  }

  /** Let cards be dragged, in lanes that have come just now too. */
  #letDrag(): void {
    if (!("movable" in this.dataset)) return;
    for (const list of this.#lists) if (!this.#sortables.has(list)) this.#sortables.set(list, dragged(list, this.#options()));
  }

  get #lists(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".board__cards")];
  }

  get #late(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-deadline]")].filter((card) => Date.parse(card.dataset["deadline"]!) < Date.now());
  }

  /** Where it is told whether anything has happened; a deadline that passed is no such thing. */
  #pulse(): string {
    return this.#late.length ? "" : `${this.dataset["pulse"]}?seen=${this.dataset["version"]}`;
  }

  #address(): string {
    const late = this.#late;
    const asked = new URLSearchParams(this.dataset["query"]);
    asked.set("seen", this.dataset["version"]!);
    asked.set("here", named(this.querySelectorAll(".board-card"), 600));
    if (late.length) asked.set("also", named(late, 50));
    return `${this.dataset["changes"]}?${asked}`;
  }

  #take({ version, html }: Answer): void {
    if (this.#isHeld || this.#menu.card) return; // it is asked for again
    if (version) this.dataset["version"] = version;
    const changes = new DOMParser().parseFromString(html, "text/html").querySelector("[data-changes]");
    if (!changes) return;
    if (changes.hasAttribute("data-far")) return this.#anew();
    const keys = [...changes.querySelectorAll<HTMLElement>(".board-card")].map((card) => card.dataset["id"]);
    this.#say(takeIn(this, changes));
    if (keys.includes(this.#looker.shown)) this.#looker.renew();
  }

  /** So much has happened that all columns are asked for. */
  #anew(): void {
    void htmx.ajax("get", `${location.pathname}?all=1&${this.dataset["query"]}`, { target: "#columns", swap: "outerHTML" });
  }

  #say(changes: Change[]): void {
    const seen = changes.filter((change) => change.kind !== "changed");
    const { moved = "", left = "", many = "" } = this.dataset;
    const words = seen.map(({ card, kind }) => {
      const stage = this.querySelector(`[data-stage="${card.dataset["in"]}"] :is(h2, h3)`)?.firstChild?.textContent ?? "";
      return (kind === "left" || !stage ? left : moved).replace("{card}", titleOf(card)).replace("{stage}", stage);
    });
    const said = this.querySelector(".board__said");
    if (said && words.length) said.textContent = words.length > MOST_TOLD ? many.replace("{count}", String(words.length)) : words.join(" ");
  }

  #options(): Sortable.Options {
    let left = { list: this as HTMLElement, after: null as Element | null };
    return {
      group: "stages",
      sort: false,
      onChoose: ({ item }) => (this.#isHeld = item.isConnected),
      onUnchoose: () => (this.#isHeld = false),
      onStart: ({ item }) => {
        left = spotOf(item);
        this.#dim(item);
      },
      onMove: ({ to, from, dragged: card }) => to === from || this.#wayInto(card, to) !== undefined,
      onEnd: ({ item, to }) => {
        this.#dim();
        const what = this.#wayInto(item, to);
        putBack(item, left);
        if (what) this.#do(item, what);
      },
    };
  }

  #wayInto(card: HTMLElement, list: Element): Doing | undefined {
    if (list.closest<HTMLElement>("[data-lane]")?.dataset["lane"] !== card.dataset["of"]) return undefined;
    const stage = list.closest<HTMLElement>("[data-stage]")?.dataset["stage"];
    const ways = new Map((card.dataset["into"] ?? "").split(" ").map((way) => way.split(":") as [string, Doing]));
    return stage ? ways.get(stage) : undefined;
  }

  /** While a card is dragged, columns that cannot take it step back, and the reason is told. */
  #dim(card?: HTMLElement): void {
    for (const list of this.#lists) {
      const column = list.closest("[data-stage]")!;
      const isHome = card !== undefined && list === card.parentElement;
      column.classList.toggle("board__column--closed", card !== undefined && !isHome && !this.#wayInto(card, list));
      column.classList.toggle("board__column--open", card !== undefined && this.#wayInto(card, list) !== undefined);
    }
    const why = this.querySelector<HTMLElement>(".board__why")!;
    why.hidden = card === undefined;
    if (card) why.textContent = this.#why(card);
  }

  #why(card: HTMLElement): string {
    const standing = card.dataset["standing"]!;
    if (!card.dataset["moves"] && !["closing", "completed"].includes(standing)) return this.dataset["whyRight"]!;
    const name = `why-${["declined", "expired", "cancelled"].includes(standing) ? "ended" : standing}`;
    return this.getAttribute(`data-${name}`) ?? "";
  }

  /** Alt and an arrow: into the next column that can take the card. */
  #shift(card: HTMLElement, step: number): void {
    const lists = this.#lists.filter((list) => list.closest("[data-lane]") === card.closest("[data-lane]"));
    for (let at = lists.indexOf(card.parentElement!) + step; lists[at]; at += step) {
      const what = this.#wayInto(card, lists[at]!);
      if (what) return this.#do(card, what);
    }
    this.querySelector(".board__said")!.textContent = this.#why(card);
  }

  #click(event: MouseEvent): void {
    const pressed = event.target as Element;
    const card = pressed.closest<HTMLElement>(".board-card");
    if (!card || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pressed.closest("[data-menu]")) return this.#menu.toggle(card);
    if (!pressed.closest("h3 a")) return;
    event.preventDefault();
    void this.#looker.open(card);
  }

  #do(card: HTMLElement, what: Doing): void {
    if (what === "look") return void this.#looker.open(card);
    const address = `${card.querySelector<HTMLElement>("[data-look]")!.dataset["look"]}${what}/`;
    if (what === "cancel") return void htmx.ajax("get", address, { target: "#dialog-body", swap: "innerHTML" });
    card.setAttribute("aria-busy", "true");
    void htmx.ajax("post", address, { source: card, swap: "none" }).then(() => card.removeAttribute("aria-busy"));
  }

  #moved({ detail }: CustomEvent<{ text: string; undo?: string }>): void {
    const { text, undo } = detail;
    toast(text, undo ? { label: this.dataset["undo"]!, run: () => void htmx.ajax("post", undo, { source: this, swap: "none" }) } : undefined);
    this.#live.ask();
    void this.#looker.renew();
  }
}

function titleOf(card: HTMLElement): string {
  return card.querySelector("h3")?.textContent?.trim() ?? "";
}

function openPage(card: HTMLElement): void {
  location.assign(card.querySelector<HTMLAnchorElement>("h3 a")!.href);
}

function help(): void {
  document.querySelector<HTMLDialogElement>("[data-keys-help]")?.showModal();
}

define("kanban-board", KanbanBoard);
