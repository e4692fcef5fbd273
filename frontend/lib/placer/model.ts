// The places on the pages as plain values, with undo; the page shows them, the server keeps them.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Place extends Box {
  /** What tells places apart on this page: an id is given by the server, and only later. */
  key: number;
  id: number | null;
  party_id: number;
  document_id: number;
  kind: string;
  page: number;
  label: string;
  is_required: boolean;
  options: string[];
  source: string;
}

export interface Size {
  width: number;
  height: number;
}

const ONE_GO = 900;
let last = 0;

export function newKey(): number {
  last += 1;
  return last;
}

/** All places, and how they were before each change. */
export class Places {
  #now: readonly Place[];
  #before: (readonly Place[])[] = [];
  #undone: (readonly Place[])[] = [];
  #going = "";
  #changedAt = 0;

  constructor(places: readonly Omit<Place, "key">[]) {
    this.#now = places.map((place) => ({ ...place, key: newKey() }));
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

  of(keys: ReadonlySet<number>): Place[] {
    return this.#now.filter((place) => keys.has(place.key));
  }

  find(key: number): Place | undefined {
    return this.#now.find((place) => place.key === key);
  }

  /** Changes of one name that follow each other closely are one step of undo: typing, holding an arrow. */
  change(places: readonly Place[], going = ""): void {
    const isOneGo = going !== "" && going === this.#going && Date.now() - this.#changedAt < ONE_GO;
    if (!isOneGo) this.#before.push(this.#now);
    this.#going = going;
    this.#changedAt = Date.now();
    this.#undone = [];
    this.#now = places;
  }

  /** Take over the ids that the server gave to what was sent, also into what undo brings back. */
  named(ids: ReadonlyMap<number, number>): void {
    const name = (places: readonly Place[]): Place[] =>
      places.map((place) => (ids.has(place.key) ? { ...place, id: ids.get(place.key)! } : place));
    this.#now = name(this.#now);
    this.#before = this.#before.map(name);
    this.#undone = this.#undone.map(name);
  }

  undo(): boolean {
    return this.#step(this.#before, this.#undone);
  }

  redo(): boolean {
    return this.#step(this.#undone, this.#before);
  }

  #step(from: (readonly Place[])[], to: (readonly Place[])[]): boolean {
    const places = from.pop();
    if (!places) return false;
    to.push(this.#now);
    this.#now = places;
    this.#going = "";
    return true;
  }
}
