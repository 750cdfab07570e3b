import type { Element, ElementContent, MdxJsx, Nodes, Properties } from "./mdx-nodes.ts";
import type { BodyContext, Place } from "./body-context.ts";
import { formatOf, report } from "./body-context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { HTML_NAMES } from "./dialect/html-tags.ts";
import { isPictureName } from "../images/image-metadata.ts";
import { h, isElement, isPhrasing, withoutBlanks } from "./hast.ts";
import { literalOf } from "./props.ts";
import { isPresentational, notePresentational, placeKey, replacementOf } from "./obsolete-html.ts";
import { videoPage } from "./video-urls.ts";

/** HTML elements that an author may write by hand in a body. */
export const ALLOWED = new Set(
  (
    "a abbr address article aside audio b bdi bdo blockquote br button caption cite code col colgroup data dd del " +
    "details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark menu meter ol p picture pre " +
    "progress q rb rp rt rtc ruby s samp search section small source span strong sub summary sup svg table tbody td tfoot th " +
    "thead time tr track u ul var video wbr"
  ).split(" "),
);

/** Elements inside an inline SVG. */
const IN_SVG = new Set(
  (
    "circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline " +
    "radialGradient rect stop symbol text textPath title tspan use"
  ).split(" "),
);
for (const name of IN_SVG) ALLOWED.add(name);

const FORM_PARTS = "form input select option optgroup textarea label fieldset legend datalist output".split(
  " ",
);

/** Hints for elements that a page can't contain. */
const INSTEAD: Readonly<Record<string, string>> = {
  script:
    "Put the script into a component of your own, and import it at the top of the post; the post's file name must end in .mdx.",
  style:
    "Put the styles into a component of your own, and import it at the top of the post; the post's file name must end in .mdx.",
  ...Object.fromEntries(
    FORM_PARTS.map((name) => [
      name,
      "A form needs a server that receives its data. For subscriptions by e-mail, set `newsletter` in content/site.yaml; comments need no form (docs/conversation.md). Any other form belongs in a component of your own.",
    ]),
  ),
};

/** Elements with phrasing content only: paragraphs that the parser created inside them are unwrapped. */
const SENTENCES = new Set(
  (
    "a abbr audio b bdi bdo button cite code data del dfn em i ins kbd label mark p q s samp small span strong sub summary " +
    "sup time u var video caption dt h2 h3 h4 h5 h6 ruby rb rt rp rtc"
  ).split(" "),
);

/**
 * Converts an author's tag in MDX to an element. Its addresses are treated like those in Markdown.
 * Null if it has computed attributes: then Astro renders it.
 */
export function renderTag(
  node: MdxJsx,
  name: string,
  context: BodyContext,
  place: Place,
): ElementContent[] | null {
  context.found.hasTags = true;
  const replacement = replacementOf(name, node, context);
  if (replacement === null) return node.children;
  if (replacement !== undefined)
    return renderTag({ ...node, name: replacement }, replacement, context, place);
  if (!ALLOWED.has(name) && name !== "h1" && !name.includes("-")) {
    const link = videoLink(node, name, place);
    if (link !== null) return [link];
    reportTag(node, name, context);
    return HTML_NAMES.has(name) ? [] : node.children;
  }
  const properties = propertiesOf(node, name, context);
  if (properties === null) return null;
  const element: Element = { type: "element", tagName: name, properties, children: node.children };
  if (node.position !== undefined) element.position = node.position;
  if (SENTENCES.has(name)) element.children = withoutParagraphs(node, name, context);
  if (place.isPhrasing && !isPhrasing(element) && !IN_SVG.has(name) && !name.includes("-")) {
    report(
      context,
      node,
      `<${name}> is inside a sentence, where only text is allowed`,
      `Put it on lines of its own, with a blank line before and after:\n\n${name === "hr" ? "<hr />" : `<${name}>\n\nText\n\n</${name}>`}`,
    );
    return [];
  }
  return [element];
}

/** An attribute of a tag in MDX or HTML, as written; empty if it is missing. */
function attributeOf(node: Nodes | MdxJsx, name: string): string {
  if ("properties" in node) return String(node.properties[name] ?? "");
  if (!("attributes" in node)) return "";
  const found = node.attributes.find((one) => one.type === "mdxJsxAttribute" && one.name === name);
  return typeof found?.value === "string" ? found.value : "";
}

/** Hint for a tag that embeds another file or page; null for other tags. */
function insteadOfFrame(node: Nodes, name: string): string | null {
  if (!/^(?:iframe|embed|object|frame)$/.test(name)) return null;
  const src = attributeOf(node, name === "object" ? "data" : "src").trim();
  const title = attributeOf(node, "title");
  if (!/^(?:https?:)?\/\/\S|\.\w{2,5}$|^\//i.test(src))
    return "Link to what it shows: [text](https://example.org/)";
  if (isPictureName(src)) return `Show the picture:\n![${title || "What it shows"}](${src})`;
  const words = title || src.replace(/^(?:https?:)?\/\/(?:www\.)?|^\.\/|\/$/g, "");
  return `Readers' browsers load nothing from elsewhere before a click. Link to it:\n[${words}](${src.replace(/^\/\//, "https://")})`;
}

/**
 * Replacement for an iframe with a video: a link to the video's page, which is rendered as an embed if it is alone in
 * its paragraph. Null for other elements.
 */
export function videoLink(node: Nodes | MdxJsx, name: string, { isPhrasing }: Place): Element | null {
  const url = name === "iframe" ? videoPage(attributeOf(node, "src")) : null;
  if (url === null) return null;
  const position = node.position === undefined ? {} : { position: node.position };
  const link: Element = { ...h("a", { href: url }, url), ...position };
  return isPhrasing ? link : { ...h("p", {}, link), ...position };
}

/** Reports an element that a page can't contain. */
export function reportTag(node: Nodes, name: string, context: BodyContext): void {
  const isHtml = HTML_NAMES.has(name);
  const near = isHtml || name.length < 3 ? null : didYouMean(name, ALLOWED);
  const guess = isHtml ? "Leave it out. " : near === null ? "" : `Did you mean <${near}>? `;
  report(
    context,
    node,
    `<${name}> isn't allowed in a post`,
    insteadOfFrame(node, name) ?? INSTEAD[name] ?? `${guess}For the characters themselves write \\<${name}>.`,
  );
}

function propertiesOf(node: MdxJsx, name: string, context: BodyContext): Properties | null {
  const properties: Properties = {};
  const left: string[] = [];
  for (const attribute of node.attributes) {
    // Astro's directives, such as `set:html` and `class:list`, need Astro.
    if (attribute.type !== "mdxJsxAttribute" || /^(?:set|class):/.test(attribute.name)) return null;
    const value = literalIn(attribute.value);
    const key = placeKey(attribute.name, name, attributeOf(node, "id") !== "");
    if (key === null) continue;
    const isComputed = value !== null && typeof value === "object";
    const isRefused = isBlocked(key) || key === "dangerouslySetInnerHTML";
    if (isComputed && !(isRefused && !isAllowed(key, "", node, name, context))) return null;
    if (isComputed) continue;
    if (isPresentational(key, name)) {
      left.push(key);
      continue;
    }
    if (!isAllowed(key, value ?? "", node, name, context)) continue;
    if (key === "class" || key === "className") properties["className"] = (value ?? "").split(/\s+/);
    else properties[key] = value ?? true;
  }
  notePresentational(name, left, node, context);
  return properties;
}

type AttributeValue = Extract<MdxJsx["attributes"][number], { readonly type: "mdxJsxAttribute" }>["value"];

/** The value of an attribute. String and number literals in braces are treated like plain values. */
function literalIn(value: AttributeValue): AttributeValue {
  const literal = value !== null && typeof value === "object" ? literalOf(value.value) : undefined;
  return typeof literal === "string" || typeof literal === "number" ? String(literal) : value;
}

/** Whether the Content Security Policy blocks an attribute. */
function isBlocked(key: string): boolean {
  return key === "style" || /^on/i.test(key);
}

/** Whether an attribute is kept; if not, the reason is reported. */
export function isAllowed(
  key: string,
  value: string,
  at: Nodes,
  name: string,
  context: BodyContext,
): boolean {
  if (isBlocked(key)) {
    report(
      context,
      at,
      `<${name}> has the attribute ${key}, which the Content Security Policy blocks`,
      "Give it a class and write the style in a stylesheet, or import a component of your own.",
    );
    return false;
  }
  // Names on `Object.prototype` aren't HTML attributes, and property lookups must not confuse the two.
  if (key in {}) {
    report(
      context,
      at,
      `<${name}> has the attribute ${key}, which isn't an HTML attribute`,
      `Leave it out, or write data-${key.replaceAll("_", "").toLowerCase()}.`,
    );
    return false;
  }
  if (key === "dangerouslySetInnerHTML") {
    const hint = `Write the HTML itself between the tags:\n<${name}>…</${name}>`;
    report(context, at, `<${name}> has ${key}, which is React's, so its content wouldn't be shown`, hint);
    return false;
  }
  if (name === "figure" && key === "src") {
    const alt = attributeOf(at, "alt") || "What it shows";
    const hint =
      formatOf(context.source) === "md"
        ? `Show the picture:\n![${alt}](${value})`
        : `Did you mean <Figure>?\n<Figure src="${value}" alt="${alt}" />`;
    report(context, at, "<figure> has no src: it's the frame around a picture", hint);
    return false;
  }
  if (key === "id" && !context.ids.claim(value)) {
    report(
      context,
      at,
      `The id ${value} is used twice`,
      "An id can be used only once in a page, and some ids are reserved. Choose another one.",
    );
    return false;
  }
  return true;
}

function withoutParagraphs(node: MdxJsx, name: string, context: BodyContext): ElementContent[] {
  const paragraphs = withoutBlanks(node.children).filter((child) => isElement(child, "p"));
  if (paragraphs.length > 1) {
    report(
      context,
      node,
      `<${name}> contains several paragraphs, and browsers would close it after the first`,
      `Keep one sentence or paragraph in each <${name}>.`,
    );
  }
  return node.children.flatMap((child) => (isElement(child, "p") ? child.children : [child]));
}
