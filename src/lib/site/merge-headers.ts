/** A path pattern of a `_headers` file and its lines, as written. */
interface HeaderRule {
  readonly path: string;
  readonly lines: readonly string[];
}

/**
 * The author's `public/_headers` and ours in one text, theirs first and unchanged. Hosts combine all rules that match,
 * so a header that the author sets or removes (`! Name`) for one of our patterns is left out of ours.
 * @param author null when there is no such file.
 */
export function mergeHeaders(author: string | null, ours: string): string {
  if (author === null || author.trim() === "") return ours;
  const theirs = Map.groupBy(rulesOf(author), ({ path }) => path);
  const kept = rulesOf(ours).flatMap(({ path, lines }) => {
    const taken = new Set((theirs.get(path) ?? []).flatMap((rule) => rule.lines.map(nameOf)));
    const own = lines.filter((line) => !taken.has(nameOf(line)));
    return own.length === 0 ? [] : [`${[path, ...own].join("\n")}\n`];
  });
  return `${author.replace(/^\uFEFF/, "").trimEnd()}\n\n${kept.join("\n")}`;
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
