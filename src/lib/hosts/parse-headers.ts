import { decodedPath } from "./decoded-path.ts";

export interface HeaderRule {
  /** `prefix` matches all addresses that begin with the path. */
  readonly match: "exact" | "prefix";
  readonly path: string;
  readonly set: readonly (readonly [name: string, value: string])[];
  /** Names of headers that this rule removes from more general rules. */
  readonly remove: readonly string[];
}

/** Headers that can occur several times: a more specific rule adds to them. */
const ADDED = new Set(["link", "set-cookie"]);

/** Whether a header adds to the same header of other rules instead of replacing it. */
export function isAdded(name: string): boolean {
  return ADDED.has(name.toLowerCase());
}

/**
 * Parses a `_headers` file and sorts the rules, general ones first. Patterns with `*` before the end or with a
 * `:placeholder` have no equivalent on other hosts and become notes.
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
