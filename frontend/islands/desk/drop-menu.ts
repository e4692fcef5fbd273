// <drop-menu>: a <details> menu that closes by Escape, by a click elsewhere, and walks by arrow keys.
import { define, Island } from "../../lib/element";

class DropMenu extends Island {
  get #details(): HTMLDetailsElement | null {
    return this.querySelector("details");
  }

  protected override start(): void {
    this.on<MouseEvent>("click", (event) => {
      if (!this.contains(event.target as Node)) this.#close();
    }, document);
    this.on<KeyboardEvent>("keydown", (event) => this.#key(event));
    this.on<FocusEvent>("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget as Node)) this.#close();
    });
  }

  #close(): void {
    this.#details?.removeAttribute("open");
  }

  #key(event: KeyboardEvent): void {
    if (!this.#details?.open) return;
    if (event.key === "Escape") {
      event.preventDefault(); // it closes the menu, and nothing that stands around it
      event.stopPropagation();
      this.#close();
      this.querySelector<HTMLElement>("summary")?.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#move(step);
    }
  }

  #move(step: number): void {
    const items = [...this.querySelectorAll<HTMLElement>(".menu__item")];
    const now = items.indexOf(document.activeElement as HTMLElement);
    const first = step > 0 ? 0 : items.length - 1;
    items[now < 0 ? first : (now + step + items.length) % items.length]?.focus();
  }
}

define("drop-menu", DropMenu);
