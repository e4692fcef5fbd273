// Guides: what is moved or resized stops where it stands in line with something else on the page.
import type { Box, Size } from "./model";

export interface Line {
  axis: "x" | "y";
  at: number;
}

export interface Snap {
  dx: number;
  dy: number;
  lines: Line[];
}

interface Axis {
  start: "x" | "y";
  length: "width" | "height";
}

const AXES: readonly Axis[] = [{ start: "x", length: "width" }, { start: "y", length: "height" }];

/** The edges and the middle of a box along an axis. */
function edges(box: Box, { start, length }: Axis): number[] {
  return [box[start], box[start] + box[length] / 2, box[start] + box[length]];
}

function nearest(own: readonly number[], lines: readonly number[], near: number): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (const edge of own) {
    for (const line of lines) {
      const by = line - edge;
      if (Math.abs(by) <= near && (!best || Math.abs(by) < Math.abs(best[0]))) best = [by, line];
    }
  }
  return best;
}

/** How far a box has to go to stand in line with others, or with the middle of the page. */
export function snap(box: Box, others: readonly Box[], page: Size, near: number): Snap {
  const found: Snap = { dx: 0, dy: 0, lines: [] };
  for (const axis of AXES) {
    const lines = [...others.flatMap((other) => edges(other, axis)), page[axis.length] / 2];
    const best = nearest(edges(box, axis), lines, near);
    if (!best) continue;
    found[axis.start === "x" ? "dx" : "dy"] = best[0];
    found.lines.push({ axis: axis.start, at: best[1] });
  }
  return found;
}

/** The same for a corner that is pulled: only the edges that move may stop. */
export function snapCorner(box: Box, others: readonly Box[], near: number): Snap {
  const found: Snap = { dx: 0, dy: 0, lines: [] };
  for (const axis of AXES) {
    const best = nearest([box[axis.start] + box[axis.length]], others.flatMap((other) => edges(other, axis)), near);
    if (!best) continue;
    found[axis.start === "x" ? "dx" : "dy"] = best[0];
    found.lines.push({ axis: axis.start, at: best[1] });
  }
  return found;
}
