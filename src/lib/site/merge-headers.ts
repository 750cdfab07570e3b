/** A path pattern of a `_headers` file and its header lines, unchanged. */
interface HeaderRule {
  readonly path: string;
  readonly lines: readonly string[];
}

/**
 * Merges the author's `public/_headers` with the generated headers, the author's first. Hosts combine all matching
 * rules, so a generated header is omitted if the author sets or removes it (`! Name`) for the same pattern. Generated
 * lines for a pattern of the author's go into the author's rule: of two rules for a pattern, Cloudflare applies only
 * the last.
 * @param author null if the file doesn't exist.
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

/** The lower-case header name in a line such as `  X-Frame-Options: DENY` or `  ! X-Frame-Options`. */
function nameOf(line: string): string {
  return /^\s*!?\s*([^:\s]+)/.exec(line)?.[1]?.toLowerCase() ?? "";
}
