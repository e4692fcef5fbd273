// <signature-canvas>: drawing that feels like ink; a finished stroke is kept at once.
import SignaturePad from "signature_pad";

import { define, Island } from "../../lib/element";

const FEWEST_POINTS = 12;

class SignatureCanvas extends Island {
  #pad!: SignaturePad;

  protected override start(): void {
    const canvas = this.querySelector("canvas")!;
    this.#pad = new SignaturePad(canvas, { penColor: "#17245c", minWidth: 0.8, maxWidth: 3.2 });
    this.#fit(canvas);
    this.#pad.addEventListener("endStroke", () => this.#drawn(canvas));
    this.on("click", () => this.#clear(), this.querySelector("[data-clear]")!);
    this.on("resize", () => this.#fit(canvas), window);
  }

  /** As many pixels as the screen really has; what was drawn stays. */
  #fit(canvas: HTMLCanvasElement): void {
    const lines = this.#pad.toData();
    const ratio = Math.max(window.devicePixelRatio, 1);
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d")!.scale(ratio, ratio);
    this.#pad.clear();
    this.#pad.fromData(lines);
  }

  #clear(): void {
    this.#pad.clear();
    this.dispatchEvent(new CustomEvent("ink-cleared", { bubbles: true }));
  }

  /** A dot or a slip of the finger is no signature. */
  #drawn(canvas: HTMLCanvasElement): void {
    const points = this.#pad.toData().reduce((sum, line) => sum + line.points.length, 0);
    if (points < FEWEST_POINTS) return;
    canvas.toBlob((picture) => {
      if (picture) this.dispatchEvent(new CustomEvent("ink-drawn", { bubbles: true, detail: { picture } }));
    }, "image/png");
  }
}

define("signature-canvas", SignatureCanvas);
