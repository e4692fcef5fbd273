// <signature-canvas>: drawing that feels like ink; what was drawn is kept when the pen rests.
import SignaturePad from "signature_pad";

import { define, Island } from "../../lib/element";
import { extent, scaled } from "../../lib/signing/ink";
import { afterPaint } from "../../lib/signing/moving";

const REST = 500;
const LEAST_POINTS = 8;
const LEAST_EXTENT = 36; // pixels: a dot or a slip of the finger is no signature
const [THIN, THICK] = [0.9, 3.4];

export class SignatureCanvas extends Island {
  #pad!: SignaturePad;
  #rest = 0;
  #isFresh = false;

  protected override start(): void {
    this.#pad = new SignaturePad(this.#canvas, { penColor: "#17245c", minWidth: THIN, maxWidth: THICK, throttle: 0, minDistance: 2 });
    this.#pad.addEventListener("beginStroke", () => window.clearTimeout(this.#rest));
    this.#pad.addEventListener("beforeUpdateStroke", (event) => this.#press((event as CustomEvent).detail));
    this.#pad.addEventListener("endStroke", () => this.#drawn());
    this.on("click", () => this.#undo(), this.#tool("undo"));
    this.on("click", () => this.#wipe(), this.#tool("clear"));
    this.on("click", () => this.#enlarge(!this.classList.contains("is-large")), this.#tool("large"));
    this.on<KeyboardEvent>("keydown", (event) => event.key === "Escape" && this.#enlarge(false));
    // The step that shows the canvas is painted first: making it takes a slow phone a moment.
    new ResizeObserver(() => afterPaint(() => this.#fit())).observe(this.#canvas);
  }

  get #canvas(): HTMLCanvasElement {
    return this.querySelector("canvas")!;
  }

  #tool(name: string): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>(`[data-${name}]`)!;
  }

  /** A pen that feels how hard it is pressed writes thicker; fingers and mice leave it to speed. */
  #press(detail: unknown): void {
    const event = (detail as { event?: Event }).event;
    const pressed = event instanceof PointerEvent && event.pointerType === "pen" ? event.pressure * 2 || 1 : 1;
    this.#pad.maxWidth = THICK * Math.min(1.7, Math.max(0.5, pressed));
  }

  #drawn(): void {
    this.#isFresh = true;
    this.#offer();
    this.#rest = window.setTimeout(() => this.dispatchEvent(new Event("ink-drawn", { bubbles: true })), REST);
  }

  /** Undo and clear are there when there is something to take away. */
  #offer(): void {
    for (const name of ["undo", "clear"]) this.#tool(name).hidden = this.#pad.isEmpty();
  }

  #undo(): void {
    const lines = this.#pad.toData().slice(0, -1);
    if (!lines.length) return this.#wipe();
    this.#clear();
    this.#pad.fromData(lines);
    this.#drawn();
  }

  /** Nothing is left: what was kept of it must not be signed either. */
  #wipe(): void {
    this.#clear();
    this.dispatchEvent(new Event("ink-cleared", { bubbles: true }));
  }

  #clear(): void {
    window.clearTimeout(this.#rest);
    this.#isFresh = false;
    this.#pad.clear();
    this.#offer();
  }

  /** The whole screen to write on, also turned sideways; Escape or the same button leads back. */
  #enlarge(isLarge: boolean): void {
    this.classList.toggle("is-large", isLarge);
    this.#tool("large").setAttribute("aria-pressed", String(isLarge));
  }

  /** As many pixels as the screen really has; what was drawn grows and shrinks along. */
  #fit(): void {
    const canvas = this.#canvas;
    const ratio = Math.max(window.devicePixelRatio, 1);
    const before = canvas.width / ratio;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (!width || (canvas.width === width && canvas.height === height)) return;
    const lines = this.#pad.toData();
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")!.scale(ratio, ratio);
    this.#pad.clear();
    this.#pad.fromData(scaled(lines, { from: before, width: canvas.clientWidth, height: canvas.clientHeight }));
    this.#offer();
  }

  /** What was handed out did not arrive: hand it out again. */
  again(): void {
    this.#isFresh = true;
  }

  /** Say that something lies here which is too little to be a signature. */
  get isSlip(): boolean {
    const lines = this.#pad.toData();
    const points = lines.reduce((sum, line) => sum + line.points.length, 0);
    return !this.#pad.isEmpty() && (points < LEAST_POINTS || extent(lines) < LEAST_EXTENT);
  }

  /** Return what was drawn since it was last asked for; a slip of the finger is no signature. */
  async fresh(): Promise<Blob | null> {
    window.clearTimeout(this.#rest);
    if (!this.#isFresh || this.isSlip) return null;
    this.#isFresh = false;
    return new Promise((resolve) => this.#canvas.toBlob(resolve, "image/png"));
  }
}

define("signature-canvas", SignatureCanvas);
