const MAX_LENGTH = 60;

/** Returns the start of a text on one line, at most 60 characters; a title where the format requires one. */
export function firstWords(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= MAX_LENGTH) return line;
  const cut = line.slice(0, MAX_LENGTH + 1);
  const atWord = cut.lastIndexOf(" ");
  const whole = atWord > MAX_LENGTH / 2 ? cut.slice(0, atWord) : cut.slice(0, MAX_LENGTH);
  return `${whole
    .toWellFormed()
    .replace(/\uFFFD$/, "")
    .trimEnd()}…`;
}
