// <stack-choice>: says on the button how many documents would be signed, and chooses all or none.
import { define, Island } from "../../lib/element";

class StackChoice extends Island {
  protected override start(): void {
    this.on("change", (event) => this.#changed(event.target as HTMLInputElement));
    this.#tell();
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("[name=party]:not(:disabled)")];
  }

  #changed(box: HTMLInputElement): void {
    if (box.matches("[data-all]")) for (const one of this.#boxes) one.checked = box.checked;
    this.#tell();
  }

  #tell(): void {
    const number = this.#boxes.filter((box) => box.checked).length;
    const all = this.querySelector<HTMLInputElement>("[data-all]")!;
    all.checked = number > 0;
    all.indeterminate = number > 0 && number < this.#boxes.length;
    const button = this.querySelector<HTMLButtonElement>("[data-sign]")!;
    button.disabled = number === 0;
    const words = number === 1 ? this.dataset["signOne"]! : this.dataset["signMany"]!.replace("NUMBER", String(number));
    button.lastChild!.textContent = words;
  }
}

define("stack-choice", StackChoice);
