import type { Element, ElementContent, Properties } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { ALLOWED, isAllowed, reportTag, videoLink } from "./html-element.ts";
import { HTML_NAMES } from "./dialect/html-tags.ts";
import { writtenName } from "./raw-html.ts";
import { isPresentational, notePresentational, placeKey, replacementOf } from "./obsolete-html.ts";

/**
 * Checks an element that an author wrote as HTML in a Markdown file and returns its replacement. Disallowed tags and
 * attributes are reported; presentational attributes are removed with a note.
 */
export function renderAuthored(element: Element, context: BodyContext, place: Place): ElementContent[] {
  const { tagName } = element;
  context.found.hasTags = true;
  const replacement = replacementOf(tagName, element, context);
  if (replacement === null) return element.children;
  if (replacement === undefined && !ALLOWED.has(tagName) && tagName !== "h1" && !tagName.includes("-")) {
    const link = videoLink(element, tagName, place);
    if (link !== null) return [link];
    if (HTML_NAMES.has(tagName)) {
      reportTag(element, tagName, context);
      return [];
    }
    reportTag(element, writtenName(element), context);
    return element.children;
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
  for (const [written, value] of Object.entries(element.properties)) {
    const key = placeKey(written, tagName, Object.hasOwn(element.properties, "id"));
    if (key === null) continue;
    if (!/^[a-z_:@][\w:.@-]*$/i.test(key)) {
      const hint = "Leave it out, or name the file .mdx if it's meant as code.";
      remark(context, element, `<${tagName}> has ${key}, which isn't an attribute and is left out`, hint);
    } else if (key === "style" || isPresentational(key, tagName)) left.push(key);
    else if (isAllowed(key, String(value), element, tagName, context)) properties[key] = value;
  }
  notePresentational(tagName, left, element, context);
  return properties;
}
