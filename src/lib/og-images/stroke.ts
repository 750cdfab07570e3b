import { CLOSE, CUBIC, LINE, MOVE, type Outline, QUAD } from "./outline.ts";

type Point = readonly [x: number, y: number];

interface Contour {
  readonly points: readonly Point[];
  readonly isClosed: boolean;
}

/** Lines for each curve: plenty for drawings of this size. */
const STEPS = 24;
/** How far a pointed corner may reach, in half widths. */
const MITRE_LIMIT = 2.2;

/** The outline of a pen of `width` that follows an outline; corners are pointed, open ends are flat. */
export function strokeOf(outline: Outline, width: number): Outline {
  return contoursOf(outline).flatMap(({ points, isClosed }) => {
    const left = offset(points, isClosed, width / 2);
    const right = offset(points, isClosed, -width / 2).reverse();
    return isClosed ? [...polygon(left), ...polygon(right)] : polygon([...left, ...right]);
  });
}

function polygon(points: readonly Point[]): number[] {
  return [...points.flatMap(([x, y], index) => [index === 0 ? MOVE : LINE, x, y]), CLOSE];
}

function offset(points: readonly Point[], isClosed: boolean, distance: number): Point[] {
  return points.map((point, index) => {
    const last = points.length - 1;
    const before = points[index - 1] ?? (isClosed ? points[last] : undefined);
    const after = points[index + 1] ?? (isClosed ? points[0] : undefined);
    const one = normal(before ?? point, before === undefined ? (after ?? point) : point);
    const two = normal(after === undefined ? (before ?? point) : point, after ?? point);
    const mitre = 2 / Math.max(1 + one[0] * two[0] + one[1] * two[1], 1 / MITRE_LIMIT);
    const reach = (distance * mitre) / 2;
    return [point[0] + (one[0] + two[0]) * reach, point[1] + (one[1] + two[1]) * reach];
  });
}

function normal(from: Point, to: Point): Point {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.sqrt(x * x + y * y) || 1;
  return [-y / length, x / length];
}

/** An outline's contours as points, curves cut into lines, no point twice in a row. */
function contoursOf(outline: Outline): Contour[] {
  const contours: Contour[] = [];
  let points: Point[] = [];
  const end = (isClosed: boolean): void => {
    const isLoop = isClosed && points.length > 1 && isSame(points[0], points.at(-1));
    if (points.length > 1) contours.push({ points: isLoop ? points.slice(0, -1) : points, isClosed });
    points = [];
  };
  const number = (at: number): number => outline[at] ?? 0;
  const to = (point: Point): void => {
    if (!isSame(points.at(-1), point)) points.push(point);
  };
  for (let at = 0; at < outline.length;) {
    const [command, from] = [outline[at], points.at(-1) ?? ([0, 0] as const)];
    const point = (nth: number): Point => [number(at + 1 + 2 * nth), number(at + 2 + 2 * nth)];
    if (command === MOVE) end(false);
    if (command === CLOSE) end(true);
    if (command === MOVE || command === LINE) to(point(0));
    if (command === QUAD) curve([from, point(0), point(1)]).forEach(to);
    if (command === CUBIC) curve([from, point(0), point(1), point(2)]).forEach(to);
    at += command === CLOSE ? 1 : command === QUAD ? 5 : command === CUBIC ? 7 : 3;
  }
  end(false);
  return contours;
}

function isSame(one: Point | undefined, two: Point | undefined): boolean {
  return one?.[0] === two?.[0] && one?.[1] === two?.[1];
}

/** Points on a Bézier curve after its first one, by de Casteljau's construction. */
function curve(controls: readonly Point[]): Point[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const t = (step + 1) / STEPS;
    let points = controls;
    while (points.length > 1) {
      points = points.slice(1).map((next, index): Point => {
        const here = points[index] ?? next;
        return [here[0] + (next[0] - here[0]) * t, here[1] + (next[1] - here[1]) * t];
      });
    }
    return points[0] ?? ([0, 0] as const);
  });
}
