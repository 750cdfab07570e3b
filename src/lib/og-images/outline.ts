/**
 * An outline: contours of straight lines and Bézier curves, as one flat list of numbers. Each command is its code
 * (`MOVE`, `LINE`, `QUAD`, `CUBIC`, `CLOSE`) followed by absolute coordinates.
 */
export type Outline = readonly number[];

export const MOVE = 0;
export const LINE = 1;
export const QUAD = 2;
export const CUBIC = 3;
export const CLOSE = 4;

/** The code and the number of coordinates of each command of SVG paths that is understood here. */
const COMMANDS: Readonly<Record<string, readonly [code: number, coordinates: number]>> = {
  M: [MOVE, 2],
  L: [LINE, 2],
  Q: [QUAD, 4],
  C: [CUBIC, 6],
  Z: [CLOSE, 0],
};

/**
 * Reads the path data of an SVG that uses absolute M, L, Q, C and Z only.
 * @throws RangeError at anything else.
 */
export function outlineOf(pathData: string): Outline {
  const tokens = pathData.match(/[A-Za-z]|-?\d*\.?\d+/g) ?? [];
  const outline: number[] = [];
  let command = COMMANDS["Z"];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at] ?? "";
    if (/[A-Za-z]/.test(token)) {
      command = COMMANDS[token];
      at += 1;
    }
    if (command === undefined) throw new RangeError(`Not a command for an outline: ${token}`);
    const [code, coordinates] = command;
    outline.push(code, ...tokens.slice(at, at + coordinates).map(Number));
    at += coordinates;
  }
  return outline;
}
