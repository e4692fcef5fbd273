// What is dragged on the pages: shown with its guides while it goes, kept where it is let go.
import type { Drawing } from "./drawing";
import * as edits from "./edits";
import type { Editor } from "./editor";
import { Frame, meets } from "./frame";
import { around, fitted, isSamePage } from "./geometry";
import type { Doing } from "./gestures";
import type { Place } from "./model";
import { type Snap, snap, snapCorner } from "./snapping";

const NEAR_PIXELS = 6;
const FREE: Snap = { dx: 0, dy: 0, lines: [] };

export class Dragging {
  readonly #frame: Frame;
  #preview: readonly Place[] | null = null;

  constructor(stage: HTMLElement, private readonly editor: Editor, private readonly drawing: Drawing) {
    this.#frame = new Frame(stage);
  }

  go(doing: Doing, dx: number, dy: number, event: PointerEvent): void {
    if (doing === "frame") return this.#frame.show(dx, dy, event);
    const [first] = this.editor.chosenPlaces;
    const page = first && this.editor.sheets.of(first);
    if (!page) return;
    const scale = this.editor.sheets.scale(page);
    const found = event.altKey ? FREE : this.#snapped(doing, first, dx / scale, dy / scale, NEAR_PIXELS / scale);
    this.#preview = this.#gone(doing, dx / scale + found.dx, dy / scale + found.dy);
    this.drawing.show(this.#preview, this.editor.chosen, false);
    this.drawing.guide(page, found.lines);
  }

  /** Keep what was moved or resized; answers the frame where one was drawn. */
  drop(doing: Doing): DOMRect | undefined {
    const preview = this.#preview;
    if (doing === "frame") return this.#frame.take();
    this.cancel();
    if (preview) this.editor.change(preview.map((place) => (this.editor.chosen.has(place.key) ? this.#landed(place) : place)));
    return undefined;
  }

  cancel(): void {
    this.#preview = null;
    this.#frame.take();
    this.drawing.guide(undefined, []);
    this.drawing.show(this.editor.all, this.editor.chosen);
  }

  /** The places that a frame touches. */
  inside(rect: DOMRect): number[] {
    const isIn = (place: Place): boolean => meets(this.drawing.box(place.key)!.getBoundingClientRect(), rect);
    return this.editor.all.filter(isIn).map((place) => place.key);
  }

  #gone(doing: Doing, dx: number, dy: number): readonly Place[] {
    const { all, chosen, size } = this.editor;
    if (doing === "resize") return edits.resized(all, chosen, dx, dy, size);
    return all.map((place) => (chosen.has(place.key) ? { ...place, x: place.x + dx, y: place.y + dy } : place));
  }

  #snapped(doing: Doing, first: Place, dx: number, dy: number, near: number): Snap {
    const others = this.editor.all.filter((place) => isSamePage(place, first) && !this.editor.chosen.has(place.key));
    const box = around(this.editor.chosenPlaces.filter((place) => isSamePage(place, first)));
    return doing === "move"
      ? snap({ ...box, x: box.x + dx, y: box.y + dy }, others, this.editor.size(first), near)
      : snapCorner({ ...box, width: box.width + dx, height: box.height + dy }, others, near);
  }

  /** A place belongs to the page on which its middle lies now. */
  #landed(place: Place): Place {
    const { sheets } = this.editor;
    const own = sheets.of(place)!;
    const [scale, box] = [sheets.scale(own), own.getBoundingClientRect()];
    const [left, top] = [box.left + place.x * scale, box.top + place.y * scale];
    const page = sheets.at(left + (place.width * scale) / 2, top + (place.height * scale) / 2) ?? own;
    const [x, y] = page === own ? [place.x, place.y] : sheets.inside(page, left, top);
    return fitted({ ...place, ...sheets.whereIs(page), x, y }, sheets.size(page));
  }
}
