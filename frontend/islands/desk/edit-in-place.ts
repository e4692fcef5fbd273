// <edit-in-place>: the form that stands where a value stood. It takes the focus, Escape leaves it,
// and the pencil of the value has the focus again when the form is gone.
import { define, Island } from "../../lib/element";
import { isLost } from "../../lib/focus";

const CONTROL = "input:not([type=hidden]), select, textarea";

class EditInPlace extends Island {
  #line = "";

  protected override start(): void {
    const control = this.querySelector<HTMLInputElement>(CONTROL);
    this.#line = this.closest("[id]")?.id ?? "";
    control?.focus();
    if (control?.type === "text" || control?.type === "tel" || control?.type === "email") control.select();
    this.on<KeyboardEvent>("keydown", (event) => this.#key(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // At once: when htmx has settled, a focus that is still lost goes to the page.
    if (isLost()) document.getElementById(this.#line)?.querySelector<HTMLElement>("[data-edit]")?.focus();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      this.querySelector<HTMLElement>("[data-keep]")?.click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      this.querySelector("form")?.requestSubmit();
    }
  }
}

define("edit-in-place", EditInPlace);
