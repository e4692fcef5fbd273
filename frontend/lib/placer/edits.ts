// What can be done with the chosen places. Each edit answers all places, as they are afterwards.
import { around, fitted, isSamePage } from "./geometry";
import { newKey, type Place, type Size } from "./model";

export type Keys = ReadonlySet<number>;
export type SizeOf = (place: Place) => Size;
export type Direction = "left" | "centre" | "right" | "top" | "middle" | "bottom";

const BESIDE = 12;

function each(places: readonly Place[], keys: Keys, edit: (place: Place) => Place): Place[] {
  return places.map((place) => (keys.has(place.key) ? edit(place) : place));
}

export function changed(places: readonly Place[], keys: Keys, change: Partial<Place>, size: SizeOf): Place[] {
  return each(places, keys, (place) => fitted({ ...place, ...change }, size(place)));
}

/** Move all together; whoever meets the edge of its page stops the others of that page. */
export function moved(places: readonly Place[], keys: Keys, dx: number, dy: number, size: SizeOf): Place[] {
  const chosen = places.filter((place) => keys.has(place.key));
  return each(places, keys, (place) => {
    const page = size(place);
    const group = around(chosen.filter((other) => isSamePage(other, place)));
    const x = Math.min(Math.max(dx, -group.x), page.width - group.x - group.width);
    const y = Math.min(Math.max(dy, -group.y), page.height - group.y - group.height);
    return fitted({ ...place, x: place.x + x, y: place.y + y }, page);
  });
}

export function resized(places: readonly Place[], keys: Keys, dx: number, dy: number, size: SizeOf): Place[] {
  return each(places, keys, (place) => {
    const page = size(place);
    const width = Math.min(place.width + dx, page.width - place.x);
    const height = Math.min(place.height + dy, page.height - place.y);
    return fitted({ ...place, width, height }, page);
  });
}

export function removed(places: readonly Place[], keys: Keys): Place[] {
  return places.filter((place) => !keys.has(place.key));
}

/** Copies a little below and to the right; answers all places and the keys of the copies. */
export function duplicated(places: readonly Place[], keys: Keys, size: SizeOf): [Place[], Set<number>] {
  const copies = places.filter((place) => keys.has(place.key)).map((place) => {
    const copy = { ...place, key: newKey(), id: null, x: place.x + BESIDE, y: place.y + BESIDE };
    return fitted(copy, size(place));
  });
  return [[...places, ...copies], new Set(copies.map((copy) => copy.key))];
}

/** Copies on another page, at the same spot; on the same page a little beside. */
export function pasted(
  places: readonly Place[], kept: readonly Place[], where: Pick<Place, "document_id" | "page">, size: SizeOf,
): [Place[], Set<number>] {
  const copies = kept.map((place) => {
    const aside = isSamePage({ ...place, ...where }, place) ? BESIDE : 0;
    const copy = { ...place, ...where, key: newKey(), id: null, x: place.x + aside, y: place.y + aside };
    return fitted(copy, size(copy));
  });
  return [[...places, ...copies], new Set(copies.map((copy) => copy.key))];
}

/** Copies on every page that has none of the same kind and party at that spot. */
export function everywhere(
  places: readonly Place[], keys: Keys, pages: readonly Pick<Place, "document_id" | "page">[], size: SizeOf,
): Place[] {
  const copies = places.filter((place) => keys.has(place.key)).flatMap((pattern) =>
    pages.map((where) => fitted({ ...pattern, ...where, key: newKey(), id: null }, size({ ...pattern, ...where })))
      .filter((copy) => !places.some((place) => isTheSame(place, copy))));
  return [...places, ...copies];
}

function isTheSame(one: Place, other: Place): boolean {
  return one.kind === other.kind && one.party_id === other.party_id && isSamePage(one, other)
    && Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1;
}

/** Put the chosen ones of each page in line with the outermost of them. */
export function aligned(places: readonly Place[], keys: Keys, to: Direction): Place[] {
  const chosen = places.filter((place) => keys.has(place.key));
  return each(places, keys, (place) => {
    const group = around(chosen.filter((other) => isSamePage(other, place)));
    const lines: Record<Direction, Partial<Place>> = {
      left: { x: group.x },
      centre: { x: group.x + (group.width - place.width) / 2 },
      right: { x: group.x + group.width - place.width },
      top: { y: group.y },
      middle: { y: group.y + (group.height - place.height) / 2 },
      bottom: { y: group.y + group.height - place.height },
    };
    return { ...place, ...lines[to] };
  });
}
