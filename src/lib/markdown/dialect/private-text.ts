import type { LineIssue } from "./prepared.ts";

/**
 * A text without the remarks that Obsidian keeps private: `%%` to the next `%%`, over any number of lines. Their lines
 * stay, empty. Remarks within one line are left to the inline scan; code keeps its signs.
 */
export function blankPrivate(text: string): { readonly text: string; readonly issues: readonly LineIssue[] } {
  if (!text.includes("%%")) return { text, issues: [] };
  const lines = text.split("\n");
  const issues: LineIssue[] = [];
  let fence: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const marks = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (marks !== undefined && (fence === null || marks.startsWith(fence)))
      fence = fence === null ? marks : null;
    if (fence !== null || !opensRemark(line)) continue;
    const start = lines[index]?.lastIndexOf("%%") ?? 0;
    const last = lines.findIndex((later, at) => at > index && later.includes("%%"));
    if (last === -1) {
      issues.push({
        line: index + 1,
        message: "%% starts a private remark that is never closed",
        hint: "Write %% again where it ends, or \\%\\% for the characters themselves.",
      });
      continue;
    }
    const rest = lines[last] ?? "";
    lines[index] = line.slice(0, start);
    for (let between = index + 1; between < last; between += 1) lines[between] = "";
    lines[last] = rest.slice(rest.indexOf("%%") + 2);
    index = last - 1;
  }
  return { text: lines.join("\n"), issues };
}

/** Whether a remark begins in a line and doesn't end there. */
function opensRemark(line: string): boolean {
  const plain = line.replace(/(`+)(?:(?!\1).)*\1|\\%/g, (code) => "x".repeat(code.length));
  const marks = plain.match(/(?<![\w%])%%(?!%)|(?<=\s)%%/g) ?? [];
  return plain.trimStart().startsWith("%%") && marks.length % 2 === 1 && plain.split("%%").length % 2 === 0;
}
