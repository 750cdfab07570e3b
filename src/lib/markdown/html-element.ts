import type { Element, ElementContent, MdxJsx, Nodes, Properties } from "./mdx-nodes.ts";
import type { BodyContext, Place } from "./body-context.ts";
import { report } from "./body-context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isElement, isPhrasing, withoutBlanks } from "./hast.ts";

/** HTML elements that an author may write by hand in a body. */
export const ALLOWED = new Set(
  (
    "a abbr address article aside audio b bdi bdo blockquote br button caption cite code col colgroup data dd del " +
    "details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark menu meter ol p picture pre " +
    "progress q rb rp rt rtc ruby s samp search section small source span strong sub summary sup svg table tbody td tfoot th " +
    "thead time tr track u ul var video wbr " +
    "circle clipPath defs desc ellipse g line linearGradient marker mask path pattern polygon polyline " +
    "radialGradient rect stop symbol text textPath title tspan use"
  ).split(" "),
);

/** Replacements for elements that a page can't contain. */
export const INSTEAD: Readonly<Record<string, string>> = {
  iframe:
    'Videos have a component that loads nothing before a click:\n<Video title="…" src="https://www.youtube.com/watch?v=…" poster="./poster.svg" />',
  script: "A component of your own may carry a script; import it at the top of the post.",
  style: "A component of your own may carry styles; import it at the top of the post.",
  h1: "The title is the page's only heading of the first level. Begin sections with ##.",
  center: "Styles belong to the design. Leave the text as it is.",
  font: "Styles belong to the design. Use *emphasis* or **strong emphasis**.",
};

/** Elements that hold sentences only: a paragraph that the parser made inside them is taken away. */
const SENTENCES = new Set(
  (
    "a abbr b bdi bdo button cite code data del dfn em i ins kbd label mark p q s samp small span strong sub summary " +
    "sup time u var caption dt h2 h3 h4 h5 h6 ruby rb rt rp rtc"
  ).split(" "),
);

/**
 * A tag that the author wrote by hand, as an element. Its addresses are treated like those in Markdown.
 * Null when something in it is an expression: then Astro renders it.
 */
export function renderTag(
  node: MdxJsx,
  name: string,
  context: BodyContext,
  place: Place,
): ElementContent[] | null {
  context.found.hasTags = true;
  if (!ALLOWED.has(name) && !name.includes("-")) {
    reportTag(node, name, context);
    return [];
  }
  const properties = propertiesOf(node, name, context);
  if (properties === null) return null;
  const element: Element = { type: "element", tagName: name, properties, children: node.children };
  if (node.position !== undefined) element.position = node.position;
  if (place.isPhrasing && !isPhrasing(element) && !name.includes("-")) {
    report(
      context,
      node,
      `<${name}> is inside a sentence, where only text is allowed`,
      `Put it on lines of its own, with a blank line before and after:\n\n${name === "hr" ? "<hr />" : `<${name}>\n\nText\n\n</${name}>`}`,
    );
    return [];
  }
  if (SENTENCES.has(name)) element.children = withoutParagraphs(node, name, context);
  return [element];
}

/** The address that a frame shows, of a tag in MDX or in HTML. */
function sourceOf(node: Nodes | MdxJsx): string {
  if ("properties" in node) return String(node.properties["src"] ?? "");
  if (!("attributes" in node)) return "";
  const src = node.attributes.find((one) => one.type === "mdxJsxAttribute" && one.name === "src");
  return typeof src?.value === "string" ? src.value : "";
}

/** The page of a film that a frame shows; null for other frames. */
function filmIn(src: string): string | null {
  const youtube = /^(?:https?:)?\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,})/.exec(src)?.[1];
  if (youtube !== undefined) return `https://www.youtube.com/watch?v=${youtube}`;
  const vimeo = /^(?:https?:)?\/\/player\.vimeo\.com\/video\/(\d+)/.exec(src)?.[1];
  return vimeo === undefined ? null : `https://vimeo.com/${vimeo}`;
}

/** Reports an element that a page can't have. */
export function reportTag(node: Nodes, name: string, context: BodyContext): void {
  const film = name === "iframe" ? filmIn(sourceOf(node)) : null;
  if (film !== null)
    return report(
      context,
      node,
      "<iframe> can't stand in a post",
      `Write the video's address on a line of its own; nothing is loaded before a click:\n${film}`,
    );
  const near = didYouMean(name, ALLOWED);
  const guess = near === null ? "" : `Did you mean <${near}>? `;
  report(
    context,
    node,
    `<${name}> isn't allowed in a post`,
    INSTEAD[name] ?? `${guess}For the characters themselves write \\<${name}>.`,
  );
}

function propertiesOf(node: MdxJsx, name: string, context: BodyContext): Properties | null {
  const properties: Properties = {};
  for (const attribute of node.attributes) {
    if (attribute.type !== "mdxJsxAttribute") return null;
    const { value } = attribute;
    if (value !== null && typeof value === "object") return null;
    const key = attribute.name;
    if (!isAllowed(key, value ?? "", node, name, context)) continue;
    if (key === "class" || key === "className") properties["className"] = (value ?? "").split(/\s+/);
    else properties[key] = value ?? true;
  }
  return properties;
}

/** Whether an attribute may stay; what is wrong with it has been reported then. */
export function isAllowed(
  key: string,
  value: string,
  at: Nodes,
  name: string,
  context: BodyContext,
): boolean {
  if (key === "style" || /^on/i.test(key)) {
    report(
      context,
      at,
      `<${name}> has the attribute ${key}, which the Content Security Policy blocks`,
      "Give it a class and write the style in a stylesheet, or import a component of your own.",
    );
    return false;
  }
  // No name of HTML's, but one that every object of JavaScript has: nothing here may mistake it for that.
  if (key in {}) {
    report(
      context,
      at,
      `<${name}> has the attribute ${key}, which HTML doesn't know`,
      `Leave it out, or write data-${key.replaceAll("_", "").toLowerCase()}.`,
    );
    return false;
  }
  if (key === "id" && !context.ids.claim(value)) {
    report(
      context,
      at,
      `The id ${value} is used twice`,
      "Each id names one place in a page, and some belong to the page itself. Choose another one.",
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
