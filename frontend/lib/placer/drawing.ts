// Draws the places as boxes on their pages; a box says whose it is and what goes there.
import type { Place } from "./model";
import type { Sheets } from "./sheets";
import type { Line } from "./snapping";

const COLOURS = 5;

export interface PartyMark {
  name: string;
  mark: string;
  colour: string;
}

/** Whose a place is: a colour, and a number for those who do not tell colours apart. */
export function markOf(island: HTMLElement, party: number): PartyMark {
  const chooser = island.querySelector<HTMLElement>(`input[name=party][value="${party}"]`);
  const mark = chooser?.dataset["mark"] ?? "";
  return { name: chooser?.dataset["name"] ?? "", mark, colour: String(((Number(mark) || 1) - 1) % COLOURS + 1) };
}

export class Drawing {
  readonly #boxes = new Map<number, HTMLElement>();

  constructor(private readonly island: HTMLElement, private readonly sheets: Sheets) {}

  box(key: number): HTMLElement | undefined {
    return this.#boxes.get(key);
  }

  /** Show exactly these; while something is dragged (``inOrder`` is false) boxes stay in their pages. */
  show(places: readonly Place[], selected: ReadonlySet<number>, inOrder = true): void {
    const keys = new Set(places.map((place) => place.key));
    for (const [key, box] of this.#boxes) if (!keys.has(key)) this.#forget(key, box);
    for (const place of places) this.#draw(place, inOrder);
    if (inOrder) this.#order(places);
    this.mark(selected);
  }

  /** Let Tab go down the page; the box that has the focus is not touched, or it would lose it. */
  #order(places: readonly Place[]): void {
    const held = document.activeElement;
    let isPassed = false;
    for (const place of [...places].sort((one, other) => one.y - other.y || one.x - other.x)) {
      const [box, page] = [this.#boxes.get(place.key), this.sheets.of(place)];
      if (!box || !page) continue;
      if (box === held && box.parentElement === page) isPassed = true;
      else if (held?.parentElement === page && !isPassed) held.before(box);
      else page.append(box);
    }
  }

  mark(selected: ReadonlySet<number>): void {
    for (const [key, box] of this.#boxes) {
      box.classList.toggle("is-selected", selected.has(key));
      box.classList.toggle("is-alone", selected.has(key) && selected.size === 1);
      if (selected.has(key)) box.setAttribute("aria-current", "true");
      else box.removeAttribute("aria-current");
    }
  }

  /** Lines along which what is moved stands just now. */
  guide(page: HTMLElement | undefined, lines: readonly Line[]): void {
    for (const old of this.island.querySelectorAll(".placer__guide")) old.remove();
    if (!page) return;
    const size = this.sheets.size(page);
    for (const { axis, at } of lines) {
      const line = document.createElement("span");
      line.className = `placer__guide placer__guide--${axis}`;
      line.style[axis === "x" ? "left" : "top"] = `${(100 * at) / (axis === "x" ? size.width : size.height)}%`;
      page.append(line);
    }
  }

  #forget(key: number, box: HTMLElement): void {
    box.remove();
    this.#boxes.delete(key);
  }

  #draw(place: Place, inOrder: boolean): void {
    const page = this.sheets.of(place);
    if (!page) return;
    let box = this.#boxes.get(place.key);
    if (!box) this.#boxes.set(place.key, (box = this.#made(place.key)));
    this.#describe(box, place);
    const { width, height } = this.sheets.size(box.parentElement && !inOrder ? box.parentElement : page);
    box.style.left = `${(100 * place.x) / width}%`;
    box.style.top = `${(100 * place.y) / height}%`;
    box.style.width = `${(100 * place.width) / width}%`;
    box.style.height = `${(100 * place.height) / height}%`;
    if (!box.parentElement) page.append(box);
  }

  #made(key: number): HTMLElement {
    const template = this.island.querySelector<HTMLTemplateElement>("template[data-placed]")!;
    const box = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    box.dataset["key"] = String(key);
    return box;
  }

  #describe(box: HTMLElement, place: Place): void {
    const { name, mark, colour } = markOf(this.island, place.party_id);
    const kind = this.island.querySelector(`.placer__kind[data-kind="${place.kind}"]`)?.textContent?.trim() ?? place.kind;
    box.dataset["kind"] = place.kind;
    box.dataset["colour"] = colour;
    box.dataset["mark"] = mark;
    box.classList.toggle("is-optional", !place.is_required);
    box.setAttribute("aria-label", [place.label || kind, name].filter(Boolean).join(", "));
    box.querySelector(".placed__mark")!.textContent = mark;
    box.querySelector(".placed__label")!.textContent = place.label || kind;
  }
}
