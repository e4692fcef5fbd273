// <field-chips>: its buttons insert a field where one last wrote, in the subject or in the text.
import { define, Island } from "../../lib/element";

type Written = HTMLInputElement | HTMLTextAreaElement;

class FieldChips extends Island {
  #last: Written | null = null;

  protected override start(): void {
    this.#last = this.querySelector("textarea");
    this.on<FocusEvent>("focusin", (event) => {
      if (isWritten(event.target)) this.#last = event.target;
    });
    this.on<MouseEvent>("click", (event) => {
      const chip = (event.target as Element).closest<HTMLElement>("[data-insert]");
      if (chip) this.#insert(chip.dataset["insert"] ?? "");
    });
  }

  #insert(field: string): void {
    const into = this.#last;
    if (!into) return;

    into.focus();
    into.setRangeText(field, into.selectionStart ?? into.value.length, into.selectionEnd ?? into.value.length, "end");
    into.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function isWritten(target: EventTarget | null): target is Written {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
}

define("field-chips", FieldChips);
