/** Categories of HTML elements for the conversion to Markdown. */
import type { Element, ElementContent, Properties } from "hast";

const set = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));

export const BLOCKS = set(
  `address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul footnote-definition`,
);

/** Elements that are never shown to readers. */
export const UNSEEN = set(
  `applet area base basefont bgsound button datalist frame frameset head input keygen link map meta noembed noframes
  noscript optgroup option param script select source style template title track`,
);

/** Elements that only style or group their content. */
export const TRANSPARENT = set(
  `address article aside big blink body center div font footer form fieldset header hgroup html label legend main marquee
  nav nobr section span tt dialog dir picture output`,
);

/** Inline elements without Markdown syntax. */
export const INLINE_HTML = set(
  "abbr cite dfn ins kbd mark q rp rt ruby samp small sub sup time u var bdi bdo",
);

/** Further elements that authors use as HTML within Markdown. */
const AUTHORED = set(
  `a audio b br code del em embed i iframe img object picture s source span strike strong track tt video wbr
  svg g path circle ellipse line rect polygon polyline`,
);

/** Whether a name is that of an HTML element; others are components of the generator. */
export function isHtmlName(name: string): boolean {
  const lower = name.toLowerCase();
  const sets = [BLOCKS, UNSEEN, TRANSPARENT, INLINE_HTML, AUTHORED];
  const isWritten = name === lower || name === name.toUpperCase();
  return isWritten && sets.some((names) => names.has(lower));
}

export function isElement(node: ElementContent | undefined, name?: string): node is Element {
  return node?.type === "element" && (name === undefined || node.tagName === name);
}

export function isBlock(node: ElementContent): boolean {
  return node.type === "element" && BLOCKS.has(node.tagName);
}

export function holdsBlock(node: ElementContent): boolean {
  return node.type === "element" && (BLOCKS.has(node.tagName) || node.children.some(holdsBlock));
}

export function element(tagName: string, properties: Properties, children: ElementContent[] = []): Element {
  return { type: "element", tagName, properties, children };
}

export function text(value: string): ElementContent {
  return { type: "text", value };
}

export function property(node: Element, name: string): string {
  const value = node.properties[name];
  if (Array.isArray(value)) return value.join(" ");
  return value === undefined || value === null || typeof value === "boolean" ? "" : String(value);
}

export function isBlank(node: ElementContent): boolean {
  if (node.type === "text") return /^[\s\u00A0\u200B\uFEFF]*$/.test(node.value);
  if (node.type !== "element") return true;
  if (KEPT_EMPTY.has(node.tagName)) return false;
  return node.children.every(isBlank);
}

const KEPT_EMPTY = set("img hr iframe video audio object embed br svg math td th footnote-reference");
