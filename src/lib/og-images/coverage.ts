import { CLOSE, CUBIC, LINE, MOVE, type Outline, QUAD } from "./outline.ts";

/** Where an outline goes: each point is scaled, then moved. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Told of each pixel that is at least partly covered: its index (row by row) and how much, above 0 to 1. */
export type Painter = (pixel: number, share: number) => void;

/** Greatest distance in pixels between a curve and the straight lines that stand for it. */
const FLATNESS = 0.04;
/** Coverage below this is nothing but the rounding of sums. */
const LEAST_SHARE = 0.004;

/**
 * How much of each pixel the outlines drawn so far cover: exact areas, by summing signed areas along each row (the
 * method of font-rs and stb_truetype). Outlines may overlap; what lies within any of them is covered. The same input
 * gives the same bits on every machine, since nothing but IEEE arithmetic and square roots is used.
 */
export class Coverage {
  readonly #width: number;
  readonly #height: number;
  /** Two spare columns take what falls right of the picture. */
  readonly #stride: number;
  readonly #cells: Float32Array;
  #top: number;
  #bottom = 0;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#stride = width + 2;
    this.#cells = new Float32Array(this.#stride * height);
    this.#top = height;
  }

  add(outline: Outline, { x: dx, y: dy, scaleX, scaleY }: Placement): void {
    let x = 0;
    let y = 0;
    let startX = 0;
    let startY = 0;
    const px = (at: number): number => (outline[at] ?? 0) * scaleX + dx;
    const py = (at: number): number => (outline[at] ?? 0) * scaleY + dy;
    const lineTo = (toX: number, toY: number): void => {
      this.#line(x, y, toX, toY);
      x = toX;
      y = toY;
    };
    for (let at = 0; at < outline.length;) {
      const command = outline[at];
      if (command === MOVE) {
        lineTo(startX, startY);
        startX = x = px(at + 1);
        startY = y = py(at + 2);
        at += 3;
      } else if (command === LINE) {
        lineTo(px(at + 1), py(at + 2));
        at += 3;
      } else if (command === QUAD) {
        quadratic([x, y, px(at + 1), py(at + 2), px(at + 3), py(at + 4)], lineTo);
        at += 5;
      } else if (command === CUBIC) {
        const middle = [px(at + 1), py(at + 2), px(at + 3), py(at + 4)] as const;
        cubic([x, y, ...middle, px(at + 5), py(at + 6)], lineTo);
        at += 7;
      } else if (command === CLOSE) {
        lineTo(startX, startY);
        at += 1;
      } else throw new RangeError(`Not a command of an outline: ${command}`);
    }
    lineTo(startX, startY);
  }

  /** Hands over all that is covered, row by row, and begins anew. */
  drain(paint: Painter): void {
    for (let row = this.#top; row < this.#bottom; row += 1) {
      const start = row * this.#stride;
      let sum = 0;
      for (let column = 0; column < this.#width; column += 1) {
        sum += this.#cells[start + column] ?? 0;
        const share = sum < 0 ? -sum : sum;
        if (share > LEAST_SHARE) paint(row * this.#width + column, share < 1 ? share : 1);
      }
      this.#cells.fill(0, start, start + this.#stride);
    }
    this.#top = this.#height;
    this.#bottom = 0;
  }

  #line(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return;
    const sign = y0 < y1 ? 1 : -1;
    const [fromX, fromY, toX, toY] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    if (toY <= 0 || fromY >= this.#height) return;
    const slope = (toX - fromX) / (toY - fromY);
    const first = fromY < 0 ? 0 : Math.floor(fromY);
    const end = Math.min(this.#height, Math.ceil(toY));
    let x = fromY < 0 ? fromX - fromY * slope : fromX;
    for (let row = first; row < end; row += 1) {
      const height = Math.min(row + 1, toY) - Math.max(row, fromY);
      const next = x + slope * height;
      const left = this.#clamp(x < next ? x : next);
      const right = this.#clamp(x < next ? next : x);
      this.#rowPart(row * this.#stride, left, right, height * sign);
      x = next;
    }
    if (first < this.#top) this.#top = first;
    if (end > this.#bottom) this.#bottom = end;
  }

  /** Adds the part of a line that lies in one row, from `left` to `right`; `area` is its signed height. */
  #rowPart(start: number, left: number, right: number, area: number): void {
    const cells = this.#cells;
    const first = Math.floor(left);
    const last = Math.ceil(right);
    const at = start + first;
    const add = (index: number, value: number): void => {
      cells[index] = (cells[index] ?? 0) + value;
    };
    if (last <= first + 1) {
      const share = (left + right) / 2 - first;
      add(at, area - area * share);
      add(at + 1, area * share);
      return;
    }
    const perColumn = 1 / (right - left);
    const before = 1 - (left - first);
    const after = right - last + 1;
    const head = 0.5 * perColumn * before * before;
    const tail = 0.5 * perColumn * after * after;
    const columns = last - first;
    add(at, area * head);
    if (columns === 2) {
      add(at + 1, area * (1 - head - tail));
    } else {
      const second = perColumn * (before + 0.5);
      add(at + 1, area * (second - head));
      for (let column = 2; column < columns - 1; column += 1) add(at + column, area * perColumn);
      add(at + columns - 1, area * (1 - (second + (columns - 3) * perColumn) - tail));
    }
    add(at + columns, area * tail);
  }

  #clamp(x: number): number {
    return x < 0 ? 0 : x > this.#width ? this.#width : x;
  }
}

type LineTo = (x: number, y: number) => void;

function quadratic(p: readonly [number, number, number, number, number, number], lineTo: LineTo): void {
  const [x0, y0, x1, y1, x2, y2] = p;
  const steps = stepsFor(length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) / 4);
  for (let step = 1; step < steps; step += 1) {
    const t = step / steps;
    const s = 1 - t;
    lineTo(s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2);
  }
  lineTo(x2, y2);
}

function cubic(
  p: readonly [number, number, number, number, number, number, number, number],
  lineTo: LineTo,
): void {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = p;
  const bend = Math.max(
    length(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2),
    length(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3),
  );
  const steps = stepsFor((bend * 3) / 4);
  for (let step = 1; step < steps; step += 1) {
    const t = step / steps;
    const s = 1 - t;
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    lineTo(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
  }
  lineTo(x3, y3);
}

/** Lines that keep within `FLATNESS` of a curve that strays `deviation` pixels from its chord. */
function stepsFor(deviation: number): number {
  return Math.min(32, Math.max(1, Math.ceil(Math.sqrt(deviation / FLATNESS))));
}

/** Not `Math.hypot`, whose last bit may differ between machines. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
