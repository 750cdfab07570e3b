/** How much of a text is found in another: by runs of ten characters, without white space and typography. */
const LENGTH = 10;

/** Share of the runs of `source` that `result` has, too: 1 when nothing is lost. */
export function textRecall(source: string, result: string): number {
  const wanted = shingles(plain(source));
  if (wanted.size === 0) return 1;
  const found = shingles(plain(result));
  let count = 0;
  for (const run of wanted) if (found.has(run)) count += 1;
  return count / wanted.size;
}

/** Passages of `source` that `result` lacks, without white space, each as far as the words around it are there. */
export function lostPassages(source: string, result: string): string[] {
  const wanted = plain(source);
  const found = shingles(plain(result));
  const passages: string[] = [];
  let from: number | null = null;
  for (let start = 0; start + LENGTH <= wanted.length + 1; start++) {
    const isLost = start + LENGTH <= wanted.length && !found.has(wanted.slice(start, start + LENGTH));
    if (isLost) from ??= start;
    else if (from !== null) {
      // The runs around a cut hold words of both sides of it.
      const text = wanted.slice(from + LENGTH - 1, start);
      passages.push(text === "" ? `${wanted.slice(from, from + LENGTH - 1)}|` : text);
      from = null;
    }
  }
  return passages;
}

function shingles(text: string): Set<string> {
  const runs = new Set<string>();
  for (let start = 0; start + LENGTH <= text.length; start++) runs.add(text.slice(start, start + LENGTH));
  return runs;
}

/** The blog sets quotation marks and dashes; that isn't a loss. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[‘’‚‛′]/g, "'")
    .replaceAll(/[“”„‟″«»]|''/g, '"')
    .replaceAll(/[‐‑‒–—―−]|--+/g, "-")
    .replaceAll("…", "...")
    .replaceAll(/[\s\u200B-\u200F\u2060\uFEFF\u00AD]/g, "");
}
