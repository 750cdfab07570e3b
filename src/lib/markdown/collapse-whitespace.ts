/** Collapses whitespace to single spaces and trims. Tests first, because most lines need no change. */
export function collapseWhitespace(line: string): string {
  return (EXTRA_SPACE.test(line) ? line.replace(/\s+/g, " ") : line).trim();
}

const EXTRA_SPACE = /[^\S ]|  /;
