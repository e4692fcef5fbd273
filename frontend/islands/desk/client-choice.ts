// <client-choice>: chooses the client out of what the search finds, or the contact just created.
import htmx from "htmx.org";

import { define, Island } from "../../lib/element";

class ClientChoice extends Island {
  #isOpen = false;

  protected override start(): void {
    this.on<MouseEvent>("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (option?.dataset["id"]) this.#choose(option.dataset["id"]);
    });
    this.on<KeyboardEvent>("keydown", (event) => this.#walk(event));
    this.on("input", () => (this.#isOpen = true));
    this.on("htmx:beforeSwap", (event) => {
      if (!this.#isOpen && event.target === this.#found) event.preventDefault(); // it comes too late
    });
    this.on("htmx:afterSwap", () => this.#search.setAttribute("aria-expanded", String(this.#options.length > 0)));
    this.on<CustomEvent<{ id: number }>>("contact-created", (event) => this.#choose(String(event.detail.id)), document);
  }

  get #search(): HTMLInputElement {
    return this.querySelector("input[role=combobox]")!;
  }

  get #found(): HTMLElement {
    return this.querySelector("#client-found")!;
  }

  get #options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=option]")];
  }

  #choose(id: string): void {
    const address = `${this.dataset["url"]}?chosen=${encodeURIComponent(id)}`;
    const chosen = new Event("client-chosen", { bubbles: true });
    void htmx.ajax("get", address, { source: this, event: chosen, target: "#client-chosen", swap: "innerHTML" })
      .then(() => this.dispatchEvent(chosen));
    this.#search.value = "";
    this.#search.focus();
    this.#close();
  }

  #close(): void {
    this.#isOpen = false;
    this.#found.replaceChildren();
    this.#search.setAttribute("aria-expanded", "false");
  }

  /** Arrows lead from the search through what was found; Escape leaves it. */
  #walk(event: KeyboardEvent): void {
    const stops = [this.#search, ...this.#options];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
    } else if (event.key === "Enter" && at === 0 && stops[1]) {
      event.preventDefault();
      stops[1].click();
    } else if (event.key === "Escape") {
      this.#search.focus();
      this.#close();
    }
  }
}

define("client-choice", ClientChoice);
