// The places on the pages as plain values, with undo; the page shows them, the server keeps them.

export interface Place {
  id: number | null;
  party_id: number;
  document_id: number;
  kind: string;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
  is_required: boolean;
}

export interface Size {
  width: number;
  height: number;
}

const SMALLEST = 12;
const NEAR = 5;

/** Keep a place on its page and large enough to be seen. */
export function fitted(place: Place, page: Size): Place {
  const width = Math.min(Math.max(place.width, SMALLEST), page.width);
  const height = Math.min(Math.max(place.height, SMALLEST), page.height);
  const x = Math.min(Math.max(place.x, 0), page.width - width);
  const y = Math.min(Math.max(place.y, 0), page.height - height);
  const round = (number: number): number => Math.round(number * 100) / 100;
  return { ...place, x: round(x), y: round(y), width: round(width), height: round(height) };
}

/** Let a place that was dropped nearly in line with another one of its page stand in line with it. */
export function aligned(place: Place, others: readonly Place[]): Place {
  const beside = others.filter((other) => other.page === place.page && other.document_id === place.document_id);
  const near = (value: number, lines: number[]): number => lines.find((line) => Math.abs(line - value) <= NEAR) ?? value;
  const bottom = near(place.y + place.height, beside.map((other) => other.y + other.height));
  const x = near(place.x, beside.map((other) => other.x));
  const top = near(place.y, beside.map((other) => other.y));
  return { ...place, x, y: top === place.y ? bottom - place.height : top };
}

function isOver(one: Place, other: Place): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
}

/** Look down the page, then up, for the nearest spot where a place covers no other; else leave it. */
export function free(place: Place, others: readonly Place[], page: Size): Place {
  const beside = others.filter((other) => other.page === place.page && other.document_id === place.document_id);
  for (const step of [NEAR, -NEAR]) {
    for (let y = place.y; y >= 0 && y + place.height <= page.height; y += step) {
      const there = { ...place, y };
      if (!beside.some((other) => isOver(there, other))) return there;
    }
  }
  return place;
}

/** All places, and how they were before each change. */
export class Places {
  #now: Place[];
  #before: Place[][] = [];
  #undone: Place[][] = [];

  constructor(places: Place[]) {
    this.#now = places;
  }

  get all(): readonly Place[] {
    return this.#now;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  change(places: Place[]): void {
    this.#before.push(this.#now);
    this.#undone = [];
    this.#now = places;
  }

  /** Take over the ids that the server gave, without a step of undo. */
  named(ids: readonly (number | null)[]): void {
    this.#now = this.#now.map((place, index) => ({ ...place, id: ids[index] ?? place.id }));
  }

  undo(): boolean {
    return this.#step(this.#before, this.#undone);
  }

  redo(): boolean {
    return this.#step(this.#undone, this.#before);
  }

  #step(from: Place[][], to: Place[][]): boolean {
    const places = from.pop();
    if (!places) return false;
    to.push(this.#now);
    this.#now = places.map((place) => ({ ...place, id: this.#idOf(place) }));
    return true;
  }

  /** What was deleted and comes back is a new row to the server. */
  #idOf(place: Place): number | null {
    return this.#now.some((other) => other.id === place.id) ? place.id : null;
  }
}
