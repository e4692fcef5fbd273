// Strokes as numbers: how far they reach, and the same strokes on a canvas of another size.
import type { PointGroup } from "signature_pad";

interface Room {
  from: number;
  width: number;
  height: number;
}

/** Return how far apart the strokes' outermost points are. */
export function extent(lines: PointGroup[]): number {
  const points = lines.flatMap((line) => line.points);
  if (!points.length) return 0;
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  return Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

/** Return the strokes as large as they fit, after the canvas has become wider or narrower. */
export function scaled(lines: PointGroup[], { from, width, height }: Room): PointGroup[] {
  const lowest = Math.max(1, ...lines.flatMap((line) => line.points.map((point) => point.y)));
  const factor = from > 0 ? Math.min(width / from, height / lowest) : 1;
  return lines.map((line) => ({ ...line, points: line.points.map((point) => ({ ...point, x: point.x * factor, y: point.y * factor })) }));
}
