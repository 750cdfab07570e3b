import type { BodyTranslations } from "./body-translations.ts";

type AsideType = keyof BodyTranslations["asides"];

/**
 * Kinds of callouts that GitHub, Obsidian, Docusaurus and Starlight write, by the kind of `Aside` that shows them. A
 * kind that isn't the Aside's own name gives the box its title.
 */
const TYPES: Readonly<Record<string, AsideType>> = {
  note: "note",
  info: "note",
  abstract: "note",
  summary: "note",
  tldr: "note",
  todo: "note",
  question: "note",
  help: "note",
  faq: "note",
  example: "note",
  quote: "note",
  cite: "note",
  details: "note",
  spoiler: "note",
  message: "note",
  admonition: "note",
  seealso: "note",
  tip: "tip",
  hint: "tip",
  success: "tip",
  check: "tip",
  done: "tip",
  important: "warning",
  warning: "warning",
  caution: "warning",
  attention: "warning",
  danger: "warning",
  failure: "warning",
  fail: "warning",
  missing: "warning",
  error: "warning",
  bug: "warning",
  final: "final",
};

/** Whether a name is a kind of callout. */
export function isCalloutType(name: string): boolean {
  return Object.hasOwn(TYPES, name.toLowerCase()) || GROUPS.has(name.toLowerCase());
}

/** Containers of tabs. */
const GROUPS = new Set(["tabs", "tab", "code-group"]);

/** The kind of `Aside` for a kind of callout; `note` for unknown kinds, as in Obsidian. */
export function asideTypeOf(name: string): AsideType {
  return TYPES[name.toLowerCase()] ?? "note";
}

/** Whether a kind of callout is closed until a reader opens it. */
export function isFoldedType(name: string): boolean {
  return /^(?:details|spoiler)$/i.test(name);
}

/** Title of a callout that has none: null where the Aside's own word says the same, or the kind says nothing. */
export function titleOfType(name: string): string | null {
  const lower = name.toLowerCase();
  if (lower === asideTypeOf(lower) || /^(?:message|admonition)$/.test(lower)) return null;
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}
