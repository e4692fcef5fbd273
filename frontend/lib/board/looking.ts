// The quick look: a panel beside the board, with an address of its own. Escape closes it, and the
// focus returns to the card.
import htmx from "htmx.org";

import { isLost } from "../focus";

export class Looker {
  #panel = document.getElementById("look") as HTMLDialogElement;
  #card = "";

  constructor(
    private readonly board: HTMLElement,
    signal: AbortSignal,
  ) {
    this.#panel.addEventListener("close", () => this.#closed(), { signal });
    this.#panel.addEventListener("click", (event) => {
      if (event.target === this.#panel) this.#panel.close();
    }, { signal });
    if ("open" in this.#panel.dataset) {
      delete this.#panel.dataset["open"];
      this.#card = this.#panel.querySelector<HTMLElement>("#look-title")?.dataset["id"] ?? "";
      this.#panel.showModal();
    }
  }

  get shown(): string {
    return this.#panel.open ? this.#card : "";
  }

  get #onBoard(): HTMLElement | null {
    return this.board.querySelector<HTMLElement>(`.board-card[data-id="${this.#card}"]`);
  }

  async open(card: HTMLElement): Promise<void> {
    this.#card = card.dataset["id"]!;
    await this.#load(card.querySelector<HTMLElement>("[data-look]")!.dataset["look"]!);
    if (this.#panel.childElementCount && !this.#panel.open) this.#panel.showModal();
    this.#address(this.#card);
  }

  /** Show it as it is now, after something has happened to it. */
  async renew(): Promise<void> {
    const title = this.#panel.querySelector<HTMLElement>("#look-title");
    if (this.#panel.open && title) await this.#load(title.dataset["look"]!);
  }

  close(): void {
    if (this.#panel.open) this.#panel.close();
  }

  async #load(address: string): Promise<void> {
    await htmx.ajax("get", address, { target: "#look-body", swap: "innerHTML" });
  }

  /** It is told some time after: the focus, given back by the browser, may have gone on from there. */
  #closed(): void {
    if (this.#panel.open) return;
    this.#address("");
    if (isLost()) this.#onBoard?.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
  }

  #address(card: string): void {
    const address = new URL(location.href);
    if (card) address.searchParams.set("card", card);
    else address.searchParams.delete("card");
    if (!address.search) address.searchParams.set("all", "1");
    history.replaceState(history.state, "", address);
  }
}
