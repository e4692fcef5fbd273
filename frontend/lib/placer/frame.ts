// The frame that is drawn around places to choose them, or to say how large a new one is.
export class Frame {
  readonly #element = document.createElement("div");
  #from: [number, number] | null = null;

  constructor(private readonly stage: HTMLElement) {
    this.#element.className = "placer__frame";
  }

  /** Draw it from where the pointer was pressed to where it is; the page may have scrolled meanwhile. */
  show(dx: number, dy: number, event: PointerEvent): void {
    const stage = this.stage.getBoundingClientRect();
    const [x, y] = [event.clientX - stage.left + this.stage.scrollLeft, event.clientY - stage.top];
    this.#from ??= [x - dx, y - dy];
    const [fromX, fromY] = this.#from;
    const { style } = this.#element;
    style.left = `${Math.min(fromX, x)}px`;
    style.top = `${Math.min(fromY, y)}px`;
    style.width = `${Math.abs(x - fromX)}px`;
    style.height = `${Math.abs(y - fromY)}px`;
    if (!this.#element.isConnected) this.stage.append(this.#element);
  }

  /** Take it away, and answer where it was in the window. */
  take(): DOMRect {
    const rect = this.#element.getBoundingClientRect();
    this.#element.remove();
    this.#from = null;
    return rect;
  }
}

export function meets(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
