/** A path pattern of a `_headers` file and its lines, as written. */
interface HeaderRule {
  readonly path: string;
  readonly lines: readonly string[];
}

/**
 * The author's `public/_headers` and ours in one text, theirs first. Hosts combine all rules that match, so a header that
 * the author sets or removes (`! Name`) for one of our patterns is left out of ours. Our lines for a pattern of theirs
 * stand in their rule: of two rules for one pattern, Cloudflare applies the last alone.
 * @param author null when there is no such file.
 */
export function mergeHeaders(author: string | null, ours: string): string {
  if (author === null || author.trim() === "") return ours;
  const lines = author
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
  const theirs = Map.groupBy(rulesOf(author), ({ path }) => path);
  const added: string[] = [];
  for (const { path, lines: all } of rulesOf(ours)) {
    const taken = new Set((theirs.get(path) ?? []).flatMap((rule) => rule.lines.map(nameOf)));
    const own = all.filter((line) => !taken.has(nameOf(line)));
    const place = lines.findLastIndex((line) => !/^\s/.test(line) && line.trim() === path);
    if (place !== -1) lines.splice(place + 1, 0, ...own);
    else if (own.length > 0) added.push(`${[path, ...own].join("\n")}\n`);
  }
  return [`${lines.join("\n")}\n`, ...added].join("\n");
}

function rulesOf(text: string): HeaderRule[] {
  const rules: { path: string; lines: string[] }[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (/^\s/.test(line)) rules.at(-1)?.lines.push(line);
    else rules.push({ path: line.trim(), lines: [] });
  }
  return rules;
}

/** The name of a header in lower case: of `  X-Frame-Options: DENY` and of `  ! X-Frame-Options`. */
function nameOf(line: string): string {
  return /^\s*!?\s*([^:\s]+)/.exec(line)?.[1]?.toLowerCase() ?? "";
}
