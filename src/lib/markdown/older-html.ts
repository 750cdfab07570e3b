import type { Nodes } from "./mdx-nodes.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";

/** Elements of older HTML by what HTML has for them today; null where only their content stays. */
const OLDER: Readonly<Record<string, string | null>> = {
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

/** Attributes that only said how something looks; pages have a design, and today's HTML has no such attributes. */
const LOOKS = new Set(
  (
    "align bgcolor border cellpadding cellspacing clear color compact face frame frameborder hspace noshade nowrap rules " +
    "size valign vspace"
  ).split(" "),
);

const SIZED = new Set(
  "img video source svg canvas rect circle image use pattern mask marker symbol".split(" "),
);

/**
 * The element that HTML has today for an older one, which is noted; null where only its content stays, undefined for
 * an element that isn't among the older ones.
 */
export function replacementOf(name: string, at: Nodes, context: BodyContext): string | null | undefined {
  if (!Object.hasOwn(OLDER, name)) return undefined;
  const replacement = OLDER[name] ?? null;
  remark(
    context,
    at,
    `<${name}> is obsolete HTML: ${replacement === null ? "the tag is removed, its content kept" : `it became <${replacement}>`}`,
    "Styles belong to the design. Use *emphasis* or **strong emphasis**.",
  );
  return replacement;
}

/** Whether an attribute only says how an element looks. */
export function isLook(key: string, name: string): boolean {
  const lower = key.toLowerCase();
  return LOOKS.has(lower) || ((lower === "width" || lower === "height") && !SIZED.has(name));
}

/**
 * The attribute that HTML has today for one of a tag: `<a name>` marks a place, which is an id. Null for one that says the same
 * as the id that is there, and for kramdown's `markdown`.
 */
export function placeKey(key: string, tag: string, hasId: boolean): string | null {
  if (key.toLowerCase() === "markdown") return null;
  if (tag !== "a" || key !== "name") return key;
  return hasId ? null : "id";
}

/** Notes the attributes of an element that were left out because they only say how it looks. */
export function noteLooks(name: string, left: readonly string[], at: Nodes, context: BodyContext): void {
  if (left.length === 0) return;
  remark(
    context,
    at,
    `<${name}> has ${left.map((key) => key.toLowerCase()).join(", ")}, which is removed: styles belong in a style sheet`,
    "Give it a class and write the style in a stylesheet.",
  );
}
