// Boxes and pages: what fits, what overlaps, what stands in line. Everything in points.
import type { Box, Place, Size } from "./model";

const SMALLEST = 12;
const STEP = 5;

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(most, 0));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Keep a place on its page and large enough to be seen. */
export function fitted(place: Place, page: Size): Place {
  const width = Math.min(Math.max(place.width, SMALLEST), page.width);
  const height = Math.min(Math.max(place.height, SMALLEST), page.height);
  const [x, y] = [within(place.x, page.width - width), within(place.y, page.height - height)];
  return { ...place, x: round(x), y: round(y), width: round(width), height: round(height) };
}

export function isSamePage(one: Place, other: Place): boolean {
  return one.page === other.page && one.document_id === other.document_id;
}

export function isOver(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
}

/** The smallest box around all of them. */
export function around(boxes: readonly Box[]): Box {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Look down the page, then up, for the nearest spot where a place covers no other; else leave it. */
export function free(place: Place, others: readonly Place[], page: Size): Place {
  const beside = others.filter((other) => isSamePage(other, place));
  for (const step of [STEP, -STEP]) {
    for (let y = place.y; y >= 0 && y + place.height <= page.height; y += step) {
      const there = { ...place, y };
      if (!beside.some((other) => isOver(there, other))) return there;
    }
  }
  return place;
}
