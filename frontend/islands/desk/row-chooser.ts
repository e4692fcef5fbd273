// <row-chooser>: chooses a row out of what the search finds below the field, or one just created.
// The text is what people see; the hidden field beside it carries the row. Typing again unchooses.
import { define, Island } from "../../lib/element";

interface Created {
  id: number;
  name: string;
}

class RowChooser extends Island {
  #awaits = false;
  #isOpen = false;

  protected override start(): void {
    this.on<MouseEvent>("click", (event) => this.#click(event.target as Element));
    this.on<KeyboardEvent>("keydown", (event) => this.#walk(event));
    this.on("input", (event) => {
      if (event.target !== this.#search) return;
      this.#isOpen = true;
      this.#hidden.value = "";
    });
    this.on("chooser-open", () => (this.#isOpen = true), this.#search);
    this.on("focusin", (event) => {
      if (event.target === this.#search && !this.#search.value) this.#search.dispatchEvent(new Event("chooser-open"));
    });
    this.on<FocusEvent>("focusout", (event) => {
      if (!this.contains(event.relatedTarget as Node | null)) this.#close();
    });
    this.on("htmx:beforeSwap", (event) => this.#isOpen || event.preventDefault()); // it comes too late
    this.on("htmx:afterSwap", () => this.#search.setAttribute("aria-expanded", String(this.#options.length > 0)));
    const created = this.dataset["created"];
    if (created) this.on<CustomEvent<Created>>(created, (event) => this.#take(event.detail), document);
    this.on<MouseEvent>("click", (event) => this.#asks(event.target as Element), document);
  }

  get #search(): HTMLInputElement {
    return this.querySelector("input[role=combobox]")!;
  }

  get #hidden(): HTMLInputElement {
    return this.querySelector("input[type=hidden]")!;
  }

  get #options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=option]")];
  }

  #click(pressed: Element): void {
    const option = pressed.closest<HTMLElement>("[role=option]");
    if (option) this.#choose(option.dataset["id"] ?? "", option.dataset["name"] ?? "");
  }

  /** Whoever opens the dialog last gets what is created there. */
  #asks(pressed: Element): void {
    const opener = pressed.closest("[hx-target='#dialog-body']:not(dialog *)");
    if (opener) this.#awaits = this.contains(opener);
  }

  /** A row that was created from here; one created elsewhere on the page is somebody else's. */
  #take(row: Created): void {
    if (!this.#awaits) return;
    this.#awaits = false;
    this.#choose(String(row.id), row.name);
  }

  #choose(id: string, name: string): void {
    this.#hidden.value = id;
    this.#search.value = name;
    this.#search.removeAttribute("aria-invalid");
    this.#search.focus();
    this.#close();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #close(): void {
    this.#isOpen = false;
    this.querySelector("[role=listbox]")!.replaceChildren();
    this.#search.setAttribute("aria-expanded", "false");
  }

  /** Arrows lead from the field through what was found; Escape leaves it. */
  #walk(event: KeyboardEvent): void {
    const stops = [this.#search, ...this.#options];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0) {
      event.preventDefault();
      if (at === 0 && stops.length === 1) this.#search.dispatchEvent(new Event("chooser-open"));
      stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
    } else if (event.key === "Enter" && at === 0 && stops[1]) {
      event.preventDefault();
      stops[1].click();
    } else if (event.key === "Escape" && stops.length > 1) {
      event.preventDefault();
      this.#search.focus();
      this.#close();
    }
  }
}

define("row-chooser", RowChooser);
