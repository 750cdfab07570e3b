import type { Nodes } from "./mdx-nodes.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";

/** Obsolete HTML elements with their replacements; null where only the content is kept. */
const OBSOLETE: Readonly<Record<string, string | null>> = {
  acronym: "abbr",
  basefont: null,
  big: null,
  blink: null,
  center: "div",
  dir: "ul",
  font: null,
  marquee: null,
  nobr: null,
  strike: "s",
  tt: "code",
};

/** Obsolete presentational attributes. */
const PRESENTATIONAL = new Set(
  (
    "align bgcolor border cellpadding cellspacing clear color compact face frame frameborder hspace noshade nowrap rules " +
    "size valign vspace"
  ).split(" "),
);

const SIZED = new Set(
  "img video source svg canvas rect circle image use pattern mask marker symbol".split(" "),
);

/**
 * The replacement for an obsolete element, with a note to the author; null where only its content is kept, undefined
 * for an element that isn't obsolete.
 */
export function replacementOf(name: string, at: Nodes, context: BodyContext): string | null | undefined {
  if (!Object.hasOwn(OBSOLETE, name)) return undefined;
  const replacement = OBSOLETE[name] ?? null;
  remark(
    context,
    at,
    `<${name}> is obsolete HTML: ${replacement === null ? "the tag is removed, its content kept" : `it became <${replacement}>`}`,
    "Styles belong to the design. Use *emphasis* or **strong emphasis**.",
  );
  return replacement;
}

/** Whether an attribute is presentational. */
export function isPresentational(key: string, name: string): boolean {
  const lower = key.toLowerCase();
  return PRESENTATIONAL.has(lower) || ((lower === "width" || lower === "height") && !SIZED.has(name));
}

/**
 * The current name of a tag's attribute: `id` for `<a name>`. Null for attributes to omit: a `name` beside an `id`, and
 * kramdown's `markdown`.
 */
export function placeKey(key: string, tag: string, hasId: boolean): string | null {
  if (key.toLowerCase() === "markdown") return null;
  if (tag !== "a" || key !== "name") return key;
  return hasId ? null : "id";
}

/** Adds a note about presentational attributes that were removed from an element. */
export function notePresentational(
  name: string,
  left: readonly string[],
  at: Nodes,
  context: BodyContext,
): void {
  if (left.length === 0) return;
  remark(
    context,
    at,
    `<${name}> has ${left.map((key) => key.toLowerCase()).join(", ")}, which is removed: styles belong in a stylesheet`,
    "Give it a class and write the style in a stylesheet.",
  );
}
