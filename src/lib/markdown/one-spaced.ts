/** A text whose words are one space apart, on one line. Looks first: nearly every line is like that already. */
export function oneSpaced(line: string): string {
  return (ODD_SPACE.test(line) ? line.replace(/\s+/g, " ") : line).trim();
}

const ODD_SPACE = /[^\S ]|  /;
