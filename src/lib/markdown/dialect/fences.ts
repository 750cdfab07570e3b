const FENCE = /^[ \t]*(`{3,}|~{3,})/;

/** For each line, whether it is outside fenced code. */
export function linesOutsideFences(lines: readonly string[]): boolean[] {
  let fence: string | null = null;
  return lines.map((line) => {
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence === null) {
      fence = mark;
      return mark === null;
    }
    if (mark?.startsWith(fence) === true && line.trim() === mark) fence = null;
    return false;
  });
}
