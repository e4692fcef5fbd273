// <signature-canvas>: drawing that feels like ink; what was drawn is kept when the pen rests.
import SignaturePad from "signature_pad";

import { define, Island } from "../../lib/element";

const FEWEST_POINTS = 8;
const REST = 500;

export class SignatureCanvas extends Island {
  #pad!: SignaturePad;
  #rest = 0;
  #isFresh = false;

  protected override start(): void {
    const canvas = this.querySelector("canvas")!;
    this.#pad = new SignaturePad(canvas, { penColor: "#17245c", minWidth: 0.9, maxWidth: 3.4, throttle: 0, minDistance: 2 });
    this.#pad.addEventListener("beginStroke", () => window.clearTimeout(this.#rest));
    this.#pad.addEventListener("endStroke", () => {
      this.#isFresh = true;
      this.#rest = window.setTimeout(() => this.dispatchEvent(new Event("ink-drawn", { bubbles: true })), REST);
    });
    this.on("click", () => this.#clear(), this.querySelector("[data-clear]")!);
    const watcher = new ResizeObserver(() => this.#fit(canvas));
    watcher.observe(canvas);
  }

  /** As many pixels as the screen really has; what was drawn stays. */
  #fit(canvas: HTMLCanvasElement): void {
    const ratio = Math.max(window.devicePixelRatio, 1);
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
    if (!width || (canvas.width === width && canvas.height === height)) return;
    const lines = this.#pad.toData();
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")!.scale(ratio, ratio);
    this.#pad.clear();
    this.#pad.fromData(lines);
  }

  #clear(): void {
    window.clearTimeout(this.#rest);
    this.#isFresh = false;
    this.#pad.clear();
  }

  /** What was handed out did not arrive: hand it out again. */
  again(): void {
    this.#isFresh = true;
  }

  /** Return what was drawn since it was last asked for; a slip of the finger is no signature. */
  async fresh(): Promise<Blob | null> {
    window.clearTimeout(this.#rest);
    const points = this.#pad.toData().reduce((sum, line) => sum + line.points.length, 0);
    if (!this.#isFresh || points < FEWEST_POINTS) return null;
    this.#isFresh = false;
    return new Promise((resolve) => this.querySelector("canvas")!.toBlob(resolve, "image/png"));
  }
}

define("signature-canvas", SignatureCanvas);
