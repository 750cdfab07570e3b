import type { BodyTranslations } from "./body-translations.ts";

type AsideType = keyof BodyTranslations["asides"];

/**
 * Callout types of GitHub, Obsidian, Docusaurus and Starlight, each with the `Aside` type that renders it. A type that
 * differs from the `Aside` type becomes the default title.
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

/** Whether a name is a callout type, or a container of tabs. */
export function isCalloutType(name: string): boolean {
  return Object.hasOwn(TYPES, name.toLowerCase()) || GROUPS.has(name.toLowerCase());
}

/** Types of containers for tabs. */
const GROUPS = new Set(["tabs", "tab", "code-group"]);

/** The `Aside` type for a callout type; `note` for unknown types, as in Obsidian. */
export function asideTypeOf(name: string): AsideType {
  return TYPES[name.toLowerCase()] ?? "note";
}

/** Whether a callout type is collapsed by default. */
export function isFoldedType(name: string): boolean {
  return /^(?:details|spoiler)$/i.test(name);
}

/** Default title for a callout type; null if it equals the `Aside` type's title or is too generic. */
export function titleOfType(name: string): string | null {
  const lower = name.toLowerCase();
  if (lower === asideTypeOf(lower) || /^(?:message|admonition)$/.test(lower)) return null;
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}
