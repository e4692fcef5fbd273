// The places and those chosen among them, with everything that can be done to them.
import * as edits from "./edits";
import { fitted, free } from "./geometry";
import { newKey, type Place, type Places, type Size } from "./model";
import type { Sheets } from "./sheets";

export type Pattern = Omit<Place, "key" | "id" | "x" | "y" | "page" | "document_id">;

const EDITS = ["undo", "redo", "duplicate", "everywhere", "copy", "cut", "paste"] as const;

/** Tell whether a wish is one that the editor grants by itself. */
export function isEdit(wish: string): wish is (typeof EDITS)[number] {
  return (EDITS as readonly string[]).includes(wish);
}

export class Editor {
  chosen: ReadonlySet<number> = new Set();
  #kept: readonly Place[] = [];

  constructor(
    readonly places: Places,
    readonly sheets: Sheets,
    private readonly shown: (focus?: number) => void,
    private readonly changed: () => void,
  ) {}

  get all(): readonly Place[] {
    return this.places.all;
  }

  get chosenPlaces(): Place[] {
    return this.places.of(this.chosen);
  }

  readonly size = (place: Place): Size => this.sheets.size(this.sheets.of(place) ?? this.sheets.all[0]!);

  change(places: readonly Place[], chosen = this.chosen, going = ""): void {
    this.places.change(places, going);
    this.chosen = chosen;
    this.shown();
    this.changed();
  }

  choose(keys: Iterable<number>): void {
    this.chosen = new Set(keys);
  }

  /** Take one in, or out, of those that are chosen. */
  toggle(key: number): void {
    const others = [...this.chosen].filter((other) => other !== key);
    this.choose(this.chosen.has(key) ? others : [...others, key]);
  }

  /** Choose everything on the page of those chosen, or on the page that is seen. */
  chooseAll(): void {
    const where = this.chosenPlaces[0] ?? this.sheets.whereIs(this.sheets.mostSeen()[0]);
    const page = this.sheets.of(where);
    this.choose(this.all.filter((place) => this.sheets.of(place) === page).map((place) => place.key));
  }

  set(change: Partial<Place>): void {
    const [first] = this.chosenPlaces;
    if (!first || !this.sheets.of({ ...first, ...change })) return;
    const going = `${Object.keys(change).join()} ${[...this.chosen].join()}`;
    this.change(edits.changed(this.all, this.chosen, change, this.size), this.chosen, going);
  }

  /** Put a new place around a spot of a page; ``isBeside`` looks for one that covers no other. */
  add(pattern: Pattern, page: HTMLElement, [x, y]: readonly [number, number], isBeside: boolean): number {
    const size = this.sheets.size(page);
    const spot = { x: x - pattern.width / 2, y: y - pattern.height / 2 };
    const place: Place = { ...pattern, ...this.sheets.whereIs(page), ...spot, key: newKey(), id: null };
    const wished = isBeside ? free(place, this.all, size) : place;
    this.change([...this.all, fitted(wished, size)], new Set([place.key]));
    return place.key;
  }

  shift(does: "move" | "resize", dx: number, dy: number): void {
    const edit = does === "move" ? edits.moved : edits.resized;
    this.change(edit(this.all, this.chosen, dx, dy, this.size), this.chosen, `${does} ${[...this.chosen].join()}`);
  }

  /** Take the chosen ones away; answers the key of a place near by. */
  remove(): number | undefined {
    const at = this.all.findIndex((place) => this.chosen.has(place.key));
    this.change(edits.removed(this.all, this.chosen), new Set());
    return this.all[Math.min(Math.max(at, 0), this.all.length - 1)]?.key;
  }

  duplicate(): void {
    if (this.chosen.size === 0) return;
    const [places, copies] = edits.duplicated(this.all, this.chosen, this.size);
    this.change(places, copies);
    this.shown([...copies][0]);
  }

  /** Remember the chosen ones, to put them onto another page. */
  copy(): void {
    if (this.chosen.size > 0) this.#kept = this.chosenPlaces;
  }

  cut(): void {
    this.copy();
    if (this.chosen.size > 0) this.remove();
  }

  /** Put what was copied onto the page of which most is seen. */
  paste(): void {
    if (this.#kept.length === 0) return;
    const where = this.sheets.whereIs(this.sheets.mostSeen()[0]);
    const [places, copies] = edits.pasted(this.all, this.#kept, where, this.size);
    this.change(places, copies);
    this.#kept = this.chosenPlaces;
    this.shown([...copies][0]);
  }

  /** Put ready places onto their pages, as one step of undo and with none chosen; answers the key of the first. */
  put(ready: readonly Omit<Place, "key">[]): number | undefined {
    const missing = ready
      .filter((one) => !this.all.some((place) => place.party_id === one.party_id && place.kind === one.kind))
      .map((one) => ({ ...one, key: newKey(), id: null }));
    if (missing.length > 0) this.change([...this.all, ...missing], new Set());
    return missing[0]?.key;
  }

  everywhere(): void {
    const [first] = this.chosenPlaces;
    if (!first) return;
    const pages = this.sheets.all.map((page) => this.sheets.whereIs(page)).filter((where) => where.document_id === first.document_id);
    this.change(edits.everywhere(this.all, this.chosen, pages, this.size));
  }

  align(to: edits.Direction): void {
    this.change(edits.aligned(this.all, this.chosen, to));
  }

  undo(): void {
    this.#back(this.places.undo());
  }

  redo(): void {
    this.#back(this.places.redo());
  }

  #back(isDone: boolean): void {
    if (!isDone) return;
    this.choose([...this.chosen].filter((key) => this.places.find(key)));
    this.shown();
    this.changed();
  }
}
