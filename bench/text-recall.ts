/** Length of the character sequences by which two texts are compared, without whitespace and typography. */
const LENGTH = 10;

export interface TextRecall {
  /** Share of the source's sequences that are found: 1 when nothing is lost. */
  readonly recall: number;
  /** Passages that aren't found, without whitespace. A passage ending in `|` is present, but split by other text. */
  readonly lost: readonly string[];
}

/**
 * Returns how much of a source text is in a result.
 * @param results variants of the result's text; a sequence counts as found if one of them contains it.
 */
export function recallIn(source: string, results: readonly string[]): TextRecall {
  const wanted = plain(source);
  const found = new Set<string>();
  for (const result of results) addShingles(plain(result), found);
  const all = new Set<string>();
  addShingles(wanted, all);
  if (all.size === 0) return { recall: 1, lost: [] };
  let count = 0;
  for (const run of all) if (found.has(run)) count += 1;
  return { recall: count / all.size, lost: lostPassages(wanted, found) };
}

function lostPassages(wanted: string, found: ReadonlySet<string>): string[] {
  const passages: string[] = [];
  let from: number | null = null;
  for (let start = 0; start + LENGTH <= wanted.length + 1; start++) {
    const isLost = start + LENGTH <= wanted.length && !found.has(wanted.slice(start, start + LENGTH));
    if (isLost) from ??= start;
    else if (from !== null) {
      // The sequences around a cut contain text from both sides of it.
      const text = wanted.slice(from + LENGTH - 1, start);
      passages.push(text === "" ? `${wanted.slice(from, from + LENGTH - 1)}|` : text);
      from = null;
    }
  }
  return passages;
}

function addShingles(text: string, runs: Set<string>): void {
  for (let start = 0; start + LENGTH <= text.length; start++) runs.add(text.slice(start, start + LENGTH));
}

/** Ignores changes that lose nothing: typographic quotation marks and dashes, and dollar signs around formulas. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[‘’‚‛′]/g, "'")
    .replaceAll(/[“”„‟″«»]|''/g, '"')
    .replaceAll(/[‐‑‒–—―−-]+/g, "-")
    .replaceAll("…", "...")
    .replaceAll(/[$\s\u200B-\u200F\u2060\uFEFF\u00AD\u001B]/g, "");
}
