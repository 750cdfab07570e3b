import type { Element, ElementContent, Properties } from "hast";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { ALLOWED, isAllowed, reportTag } from "./html-element.ts";

/** Elements of older HTML by what HTML has for them today; null where only their content stays. */
const OLDER: Readonly<Record<string, string | null>> = {
  acronym: "abbr",
  big: null,
  center: null,
  dir: "ul",
  font: null,
  nobr: null,
  strike: "s",
  tt: "code",
};

/** Attributes that only said how something looks; pages have a design, and today's HTML has no such attributes. */
const LOOKS = new Set(
  (
    "align bgColor border cellPadding cellSpacing clear color compact face frame frameBorder hSpace noShade noWrap rules " +
    "size vAlign vSpace"
  ).split(" "),
);

/**
 * An element that an author wrote as HTML in a Markdown file, as it goes on: what could harm a reader is reported, and
 * what only said how it looks is left out with a note.
 */
export function renderAuthored(element: Element, context: BodyContext): ElementContent[] {
  const { tagName } = element;
  context.found.hasTags = true;
  const replacement = OLDER[tagName];
  if (Object.hasOwn(OLDER, tagName) && !ALLOWED.has(tagName)) {
    remark(
      context,
      element,
      `<${tagName}> is obsolete HTML: ${replacement === null ? "the tag is removed, its content kept" : `it became <${replacement}>`}`,
      "Styles belong to the design. Use *emphasis* or **strong emphasis**.",
    );
    if (replacement === null || replacement === undefined) return element.children;
  } else if (!ALLOWED.has(tagName) && tagName !== "h1" && !tagName.includes("-")) {
    reportTag(element, tagName, context);
    return [];
  }
  const { data: _, ...rest } = element;
  return [
    {
      ...rest,
      tagName: replacement ?? tagName,
      properties: propertiesOf(element, context),
    },
  ];
}

function propertiesOf(element: Element, context: BodyContext): Properties {
  const { tagName } = element;
  const properties: Properties = {};
  const left: string[] = [];
  for (const [key, value] of Object.entries(element.properties)) {
    if (key === "style" || LOOKS.has(key) || (isSize(key) && !SIZED.has(tagName)))
      left.push(key.toLowerCase());
    else if (isAllowed(key, String(value), element, tagName, context)) properties[key] = value;
  }
  if (left.length > 0) {
    remark(
      context,
      element,
      `<${tagName}> has ${left.join(", ")}, which is removed: styles belong in a style sheet`,
      "Give it a class and write the style in a stylesheet.",
    );
  }
  return properties;
}

function isSize(key: string): boolean {
  return key === "width" || key === "height";
}

const SIZED = new Set(
  "img video source svg canvas rect circle image use pattern mask marker symbol".split(" "),
);
