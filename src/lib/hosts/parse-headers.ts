import { decodedPath } from "./decoded-path.ts";

export interface HeaderRule {
  /** `prefix`: every address that begins with the path. */
  readonly match: "exact" | "prefix";
  readonly path: string;
  readonly set: readonly (readonly [name: string, value: string])[];
  /** Names of headers that more general rules set and this one takes away. */
  readonly remove: readonly string[];
}

/** Headers that a response may carry several times: a more particular rule adds to them. */
const ADDED = new Set(["link", "set-cookie"]);

/** Whether a header of this name adds to those of other rules. */
export function isAdded(name: string): boolean {
  return ADDED.has(name.toLowerCase());
}

/**
 * Reads a `_headers` file, general rules first. Patterns with a `*` before the end or a `:placeholder` have no
 * counterpart on other hosts and become notes.
 */
export function parseHeaderRules(text: string): { rules: readonly HeaderRule[]; notes: readonly string[] } {
  const rules: { pattern: string; set: [string, string][]; remove: string[] }[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    if (!/^\s/.test(line)) {
      rules.push({ pattern: line.trim(), set: [], remove: [] });
      continue;
    }
    const removed = /^\s*!\s*([\w-]+)\s*$/.exec(line)?.[1];
    const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (removed !== undefined) rules.at(-1)?.remove.push(removed);
    else if (name !== "" && value !== "") rules.at(-1)?.set.push([name, value]);
  }
  const isPlain = (pattern: string): boolean => /^\/(?:[^*:]*\*?)?$/.test(pattern);
  return {
    rules: rules
      .filter(({ pattern }) => isPlain(pattern))
      .map(asRule)
      .sort(byGenerality),
    notes: rules
      .filter(({ pattern }) => !isPlain(pattern))
      .map(({ pattern }) => `The rule ${pattern} in _headers works on Netlify and Cloudflare only.`),
  };
}

function asRule({
  pattern,
  set,
  remove,
}: {
  pattern: string;
  set: [string, string][];
  remove: string[];
}): HeaderRule {
  const match = pattern.endsWith("*") ? "prefix" : "exact";
  return { match, path: decodedPath(pattern.replace(/\*$/, "")), set, remove };
}

function byGenerality(a: HeaderRule, b: HeaderRule): number {
  return Number(a.match === "exact") - Number(b.match === "exact") || a.path.length - b.path.length;
}
