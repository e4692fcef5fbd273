// What pointers do on the pages, in pixels: move boxes, pull a corner, draw a frame, or tap.
const FAR = 4;
const EDGE = 70;
const SPEED = 14;

export type Doing = "move" | "resize" | "frame";

export interface Hands {
  /** Something is pressed, before it is known whether it will be dragged. */
  pressed(box: HTMLElement | null, isAdding: boolean): void;
  dragged(doing: Doing, dx: number, dy: number, event: PointerEvent): void;
  dropped(doing: Doing, event: PointerEvent): void;
  cancelled(): void;
  tapped(event: PointerEvent): void;
}

interface Drag {
  doing: Doing;
  down: PointerEvent;
  from: [number, number];
  isFar: boolean;
  last: PointerEvent;
}

export class Gestures {
  #drag: Drag | null = null;
  #scrolling = 0;

  constructor(private readonly stage: HTMLElement, private readonly hands: Hands) {
    stage.addEventListener("pointerdown", (event) => this.#down(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    stage.addEventListener("pointerup", (event) => this.#up(event));
    stage.addEventListener("pointercancel", () => this.cancel());
    stage.addEventListener("dragstart", (event) => event.preventDefault());
  }

  get isDragging(): boolean {
    return this.#drag?.isFar ?? false;
  }

  cancel(): void {
    if (this.isDragging) this.hands.cancelled();
    this.#end();
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return this.cancel();
    const target = event.target as HTMLElement;
    if (target.closest(".placed__remove")) return;
    const box = target.closest<HTMLElement>(".placed");
    const isTouch = event.pointerType === "touch";
    const wasChosen = box?.classList.contains("is-selected");
    const doing: Doing = target.closest(".placed__corner") ? "resize" : box ? "move" : "frame";
    if (!isTouch || wasChosen) this.hands.pressed(box, event.shiftKey || event.ctrlKey || event.metaKey);
    this.#drag = { doing, down: event, from: this.#point(event), isFar: false, last: event };
  }

  /** A finger scrolls the pages, unless it moves what was chosen before. */
  #mayDrag({ doing, down }: Drag): boolean {
    const box = (down.target as HTMLElement).closest(".placed");
    return down.pointerType !== "touch" || (doing !== "frame" && (box?.classList.contains("is-selected") ?? false));
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.down.pointerId) return;
    drag.last = event;
    const [dx, dy] = this.#by(drag);
    if (!drag.isFar && (Math.hypot(dx, dy) < FAR || !this.#mayDrag(drag))) return;
    if (!drag.isFar) this.stage.setPointerCapture(event.pointerId);
    drag.isFar = true;
    this.hands.dragged(drag.doing, dx, dy, event);
    if (!this.#scrolling) this.#scrolling = requestAnimationFrame(() => this.#scroll());
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.down.pointerId) return;
    this.#move(event); // where it was let go counts, however far behind the moves are
    const wasFar = drag.isFar;
    this.#end();
    if (wasFar) this.hands.dropped(drag.doing, event);
    else if (Math.hypot(event.clientX - drag.down.clientX, event.clientY - drag.down.clientY) < 2 * FAR) this.hands.tapped(event);
  }

  #end(): void {
    this.#drag = null;
    cancelAnimationFrame(this.#scrolling);
    this.#scrolling = 0;
  }

  /** Near the edge of the window the pages move on under the pointer. */
  #scroll(): void {
    const drag = this.#drag;
    this.#scrolling = 0;
    if (!drag?.isFar) return;
    const { clientY } = drag.last;
    const by = clientY > innerHeight - EDGE ? SPEED : clientY < EDGE ? -SPEED : 0;
    const before = window.scrollY;
    window.scrollBy(0, by);
    if (by && window.scrollY !== before) this.hands.dragged(drag.doing, ...this.#by(drag), drag.last);
    this.#scrolling = requestAnimationFrame(() => this.#scroll());
  }

  #by({ from, last }: Drag): [number, number] {
    const [x, y] = this.#point(last);
    return [x - from[0], y - from[1]];
  }

  #point(event: PointerEvent): [number, number] {
    return [event.clientX + this.stage.scrollLeft + window.scrollX, event.clientY + this.stage.scrollTop + window.scrollY];
  }
}
