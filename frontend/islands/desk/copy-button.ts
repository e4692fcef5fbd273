// <copy-button data-text="…">: copies the text and says so for two seconds.
import { define, Island } from "../../lib/element";

class CopyButton extends Island {
  protected override start(): void {
    this.on("click", () => void this.#copy());
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.dataset.text ?? "");
    this.dataset.copied = "";
    setTimeout(() => delete this.dataset.copied, 2000);
  }
}

define("copy-button", CopyButton);
