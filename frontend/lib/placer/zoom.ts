// How large the pages are shown: as wide as there is room, or 50 to 200 percent of their size on paper.
import type { Sheets } from "./sheets";

const PIXELS_A_POINT = 96 / 72;
const STEPS = [50, 75, 100, 125, 150, 200];
const [LEAST, MOST] = [50, 200];

export class Zoom {
  #percent: number | null = null; // none: as wide as there is room
  readonly #choice: HTMLSelectElement;
  #apart = 0;

  constructor(private readonly stage: HTMLElement, private readonly sheets: Sheets, bar: HTMLElement) {
    this.#choice = bar.querySelector<HTMLSelectElement>("[name=zoom]")!;
    this.#choice.addEventListener("change", () => this.#set(Number(this.#choice.value) || null));
    bar.addEventListener("click", (event) => {
      const step = (event.target as Element).closest<HTMLElement>("[data-zoom]")?.dataset["zoom"];
      if (step) this.step(Number(step));
    });
    stage.addEventListener("wheel", (event) => this.#rolled(event), { passive: false });
    stage.addEventListener("touchmove", (event) => this.#pinched(event), { passive: false });
    stage.addEventListener("touchend", () => (this.#apart = 0));
  }

  /** What is shown now, in percent. */
  get now(): number {
    const page = this.sheets.all[0];
    return this.#percent ?? (page ? (100 * this.sheets.scale(page)) / PIXELS_A_POINT : 100);
  }

  step(direction: number): void {
    const further = STEPS.filter((step) => (direction > 0 ? step > this.now + 1 : step < this.now - 1));
    this.#set((direction > 0 ? further[0] : further.at(-1)) ?? (direction > 0 ? MOST : LEAST));
  }

  #set(percent: number | null, clientX = innerWidth / 2, clientY = innerHeight / 2): void {
    const page = this.sheets.at(clientX, clientY);
    const held = page && this.sheets.inside(page, clientX, clientY);
    this.#percent = percent && Math.round(Math.min(Math.max(percent, LEAST), MOST));
    this.stage.classList.toggle("is-zoomed", this.#percent !== null);
    for (const each of this.sheets.all) {
      const { width } = this.sheets.size(each);
      each.style.width = this.#percent ? `${(width * PIXELS_A_POINT * this.#percent) / 100}px` : "";
    }
    this.#choice.value = String(this.#percent ?? "fit");
    if (this.#percent && this.#choice.value === "") this.#choice.options[0]!.selected = true;
    if (page && held) this.#keepUnder(page, held, clientX, clientY);
  }

  /** Scroll so that the point under the fingers stays under them. */
  #keepUnder(page: HTMLElement, [x, y]: [number, number], clientX: number, clientY: number): void {
    const box = page.getBoundingClientRect();
    const scale = this.sheets.scale(page);
    this.stage.scrollBy(box.left + x * scale - clientX, 0);
    window.scrollBy(0, box.top + y * scale - clientY);
  }

  #rolled(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#set(this.now * Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
  }

  #pinched(event: TouchEvent): void {
    const [one, other] = [event.touches[0], event.touches[1]];
    if (!one || !other) return;
    event.preventDefault();
    const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const by = this.#apart ? apart / this.#apart : 1;
    this.#apart = apart;
    this.#set(this.now * by, (one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2);
  }
}
