import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

const DEFINITION = /^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*(?:<([^<>\n]*)>|(\S+))/;

/** Notes for link definitions that reuse a name with another address: Markdown uses only the first. */
export function repeatedDefinitions(lines: readonly BlockLine[]): LineIssue[] {
  const addresses = new Map<string, string>();
  return lines.flatMap(({ kind, line, text }): LineIssue[] => {
    const [, name = "", angled, bare = ""] = kind === "text" ? (DEFINITION.exec(text) ?? []) : [];
    const address = angled ?? bare;
    // `[//]: # (words)` is a comment.
    if (name === "" || /^(?:\/\/|comment)$/i.test(name) || address === "#") return [];
    const key = name.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
    const first = addresses.get(key);
    if (first === undefined) addresses.set(key, address);
    if (first === undefined || first === address) return [];
    return [
      {
        line,
        message: `[${name}] has an address already, ${first}, so this one is never used: ${address}`,
        hint: `Give it a name of its own, here and where it is used:\n[${name}-2]: ${address}`,
      },
    ];
  });
}
