/** A file's text, divided into its front matter and what follows. */
export interface Divided {
  /** YAML between the two `---` lines; null when the file doesn't begin with front matter. */
  readonly yaml: string | null;
  /** Lines before the YAML: 1. */
  readonly yamlOffset: number;
  readonly body: string;
  /** Lines before the body. */
  readonly bodyOffset: number;
}

/**
 * Divides a file at its front matter. A byte order mark is dropped and line ends become `\n`.
 * The closing line may be `---` or `...`; without one everything is taken for a body.
 */
export function divide(text: string): Divided {
  const source = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const opening = /^---[ \t]*\n/.exec(source);
  if (opening === null) return { yaml: null, yamlOffset: 0, body: source, bodyOffset: 0 };
  const start = opening[0].length;
  const closing = /^(?:---|\.\.\.)[ \t]*(?:\n|$)/gm;
  closing.lastIndex = start;
  const end = closing.exec(source);
  if (end === null) return { yaml: null, yamlOffset: 0, body: source, bodyOffset: 0 };
  const yaml = source.slice(start, end.index);
  return {
    yaml,
    yamlOffset: 1,
    body: source.slice(end.index + end[0].length),
    bodyOffset: 2 + countLines(yaml),
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
