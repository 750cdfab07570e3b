/** Collapses whitespace to single spaces and trims. Tests first, because most lines need no change. */
export function oneSpaced(line: string): string {
  return (ODD_SPACE.test(line) ? line.replace(/\s+/g, " ") : line).trim();
}

const ODD_SPACE = /[^\S ]|  /;
