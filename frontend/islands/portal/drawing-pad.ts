// <drawing-pad>: the phone as a pad; sends what was drawn as the picture of the form.
import { define, Island } from "../../lib/element";
import type { SignatureCanvas } from "./signature-canvas";

class DrawingPad extends Island {
  protected override start(): void {
    this.on<SubmitEvent>("submit", (event) => {
      const canvas = this.querySelector<SignatureCanvas>("signature-canvas");
      if (!canvas || this.#input.files?.length) return;
      event.preventDefault();
      void this.#send(canvas);
    });
  }

  get #input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[type=file]")!;
  }

  async #send(canvas: SignatureCanvas): Promise<void> {
    canvas.again();
    const ink = await canvas.fresh();
    const problem = this.querySelector<HTMLElement>(".field__error")!;
    problem.hidden = ink !== null;
    problem.textContent = canvas.dataset["slip"]!;
    if (!ink) return;
    const files = new DataTransfer();
    files.items.add(new File([ink], "drawn.png", { type: "image/png" }));
    this.#input.files = files.files;
    this.querySelector("form")!.submit();
  }
}

define("drawing-pad", DrawingPad);
