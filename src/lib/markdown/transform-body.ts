import { NO_OWN_WORDS } from "../../i18n/messages.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import { fullPictureUrl } from "../images/picture-element.ts";
import { mediaPath } from "../images/image-variants.ts";
import { directionOf } from "../content/scripts.ts";
import { RTL } from "../content/text-direction.ts";
import type { BodyContext, Place } from "./body-context.ts";
import { lineOf, report } from "./body-context.ts";
import { importsOf, takenExports } from "./body-imports.ts";
import { codeOf, fenceOf, renderCode, textOfCode } from "./code-block.ts";
import { renderCallout } from "./callout.ts";
import { fillContents, listBelowItsHeading } from "./contents-list.ts";
import { MARK } from "./dialect/markers.ts";
import { renderDiagram } from "./diagram.ts";
import { markDirections } from "./direction.ts";
import { renderAuthored } from "./authored-element.ts";
import { checkIndentedItem } from "./indented-code.ts";
import { checkDoubled, checkUnparsedMarkdown } from "./unparsed-markdown.ts";
import { renderMath } from "./math.ts";
import { isAuthored } from "./raw-html.ts";
import { markedCode } from "./text-marks.ts";
import {
  checkNotes,
  checkNoteText,
  isBackLink,
  isNoteLink,
  isNotes,
  noteNumbers,
  renderBackLink,
  renderNoteLink,
  renderNotes,
} from "./footnotes.ts";
import { renderHeading } from "./heading.ts";
import { classesOf, h, isBlank, isElement, wrapBareText } from "./hast.ts";
import { renderImage } from "./image.ts";
import { renderJsx } from "./jsx.ts";
import { renderLink, withBase } from "./link.ts";
import { isBareAddress } from "./link-text.ts";
import type { Element, ElementContent, MdxExpression, Nodes, Root, RootContent } from "./mdx-nodes.ts";
import { fitInMargin } from "./margin-notes.ts";
import { literalOf } from "./props.ts";
import { renderTable } from "./table.ts";
import { renderParagraph } from "./paragraph.ts";
import { textOf } from "./plain-text.ts";
import { findMedia, findPicture, sourceSetOf } from "./local-image-path.ts";

/**
 * Transforms the parser's tree to the final tree: components become HTML, headings get ids, pictures get sizes, links
 * get the base path. Errors are added to the context. Nodes that only Astro can render (the post's own components,
 * expressions) are kept, with their content rendered; `context.found.isModule` is then true.
 */
export function transformBody(root: Root, context: Omit<BodyContext, "visit" | "headingShift">): Root {
  const numbers = noteNumbers(root);
  for (const number of numbers.values()) context.ids.claim(`fn-${number}`);
  const full: BodyContext = {
    ...context,
    headingShift: holdsTopHeading(root) ? 1 : 0,
    visit: (nodes, place) => {
      const rendered: ElementContent[] = [];
      for (const node of nodes) rendered.push(...renderNode(node, full, place, numbers));
      return rendered;
    },
  };
  const esm: RootContent[] = [];
  const body: ElementContent[] = [];
  for (const child of root.children) {
    if (child.type === "mdxjsEsm") {
      context.found.isModule = true;
      context.found.esm += `${child.value}\n`;
      const line = lineOf(child, context.source);
      context.found.imports.push(...importsOf(child.value, line));
      for (const taken of takenExports(child.value, line))
        report(
          full,
          taken.line,
          `A text can't export ${taken.name}, which Astro exports from it already`,
          "Give it another name, here and where the text uses it.",
        );
      esm.push(child);
    } else if (child.type !== "doctype") body.push(child);
  }
  const place: Place = { isPhrasing: false, isInLink: false, depth: 0 };
  const children = listBelowItsHeading(wrapText(full.visit(wrapBareText(body), place)));
  checkNotes(full, numbers);
  fillContents(
    children,
    context.found.headings,
    translationsFor({ lang: context.source.lang, words: context.source.words ?? NO_OWN_WORDS }).post.contents,
  );
  const own = directionOf(context.source.lang);
  if (own === "rtl" || RTL.test(context.source.source)) markDirections(children, own);
  const notes = children.find((child) => child.type === "element" && isNotes(child));
  if (notes?.type === "element" && fitInMargin(children, notes)) {
    notes.properties["className"] = [...classesOf(notes), "beside"];
  }
  return { type: "root", children: [...esm, ...children] };
}

/** Puts text that comes from a top-level expression into paragraphs. */
function wrapText(nodes: ElementContent[]): readonly ElementContent[] {
  return nodes.some((node) => node.type === "text" && !isBlank(node)) ? wrapBareText(nodes) : nodes;
}

function holdsTopHeading(node: Nodes): boolean {
  if (node.type === "element" && node.tagName === "h1") return true;
  if ((node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement") && node.name === "h1")
    return true;
  return "children" in node && node.children.some((child) => holdsTopHeading(child));
}

type Numbers = ReadonlyMap<string, number>;

function renderNode(
  node: ElementContent,
  context: BodyContext,
  place: Place,
  numbers: Numbers,
): ElementContent[] {
  switch (node.type) {
    case "text":
      if (node.value.includes("[^") || node.value.includes("][")) checkNoteText(node.value, node, context);
      if (place.isVerbatim !== true) checkUnparsedMarkdown(node.value, node, context);
      return [node];
    case "element":
      return renderElement(node, context, place, numbers);
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      return renderJsx(node, context, place);
    case "mdxFlowExpression":
    case "mdxTextExpression":
      return renderExpression(node, context);
    default:
      return [];
  }
}

function renderElement(
  node: Element,
  context: BodyContext,
  place: Place,
  numbers: Numbers,
): ElementContent[] {
  const inside = { ...place, depth: place.depth + 1 };
  if (isAuthored(node)) return context.visit(renderAuthored(node, context, place), place);
  switch (node.tagName) {
    case "p":
      return renderParagraph(node, context, place);
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      return renderHeading(node, context, place);
    case "a":
      if (isBackLink(node)) return [renderBackLink(node, numbers)];
      return renderAnchor(node, context, inside);
    case "li":
    case "dd":
      checkIndentedItem(node, context);
      break;
    case "sup":
      return [renderSup(node, context, inside, numbers)];
    case "img":
      return [renderImage(node, context)];
    case "pre": {
      const code = codeOf(node);
      if (code !== null) return [renderBlock(code, context)];
      break;
    }
    case "code": {
      const marked = markedCode(node);
      if (marked !== null) return [renderMath(marked.text, marked.mark === MARK.displayMath, node, context)];
      // Markup-like characters in code are literal.
      if (node.children.every(({ type }) => type === "text")) return [node];
      break;
    }
    case "strong":
      checkDoubled(node, context);
      break;
    case "blockquote": {
      const callout = place.isPhrasing ? null : renderCallout(node, context, place);
      if (callout !== null) return [callout];
      break;
    }
    case "summary":
      return [
        { ...node, children: context.visit(withoutOwnParagraphs(node.children), insideOf(node, inside)) },
      ];
    case "rt":
      return [{ ...longAnnotation(node), children: context.visit(node.children, insideOf(node, inside)) }];
    case "table":
      return [renderTable(node, context, place)];
    case "input":
      return [{ ...node, properties: { ...node.properties, ariaLabel: taskLabel(node, context) } }];
    case "section":
      if (isNotes(node)) return [renderNotes(node, numbers, context, place)];
      break;
  }
  return [{ ...addressed(node, context), children: context.visit(node.children, insideOf(node, inside)) }];
}

/** Unwraps the paragraphs that blank lines create in a `<summary>`, which can contain only phrasing content. */
function withoutOwnParagraphs(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node, index): ElementContent[] => {
    if (!isElement(node, "p")) return [node];
    const follows = nodes.slice(0, index).some((earlier) => isElement(earlier, "p"));
    return [...(follows ? [h("br", {})] : []), ...node.children];
  });
}

/** Browsers don't wrap ruby annotations; a long one gets a class that sets it inline. */
function longAnnotation(node: Element): Element {
  if (textOf(node).length <= MAX_ANNOTATION_LENGTH) return node;
  return { ...node, properties: { ...node.properties, className: [...classesOf(node), "rt-long"] } };
}

const MAX_ANNOTATION_LENGTH = 24;

function insideOf(node: Element, place: Place): Place {
  const isPhrasing = place.isPhrasing || SENTENCES.has(node.tagName);
  return { ...place, isPhrasing, isVerbatim: place.isVerbatim === true || node.tagName === "pre" };
}

const SENTENCES = new Set(
  (
    "abbr b bdi bdo button cite code data del dfn em i ins kbd mark p q rb rt rtc ruby s samp small span strong sub " +
    "summary sup " +
    "time u var h2 h3 h4 h5 h6"
  ).split(" "),
);

/** Resolves the addresses in hand-written tags: of videos and sounds, their posters, and sources of quotations. */
function addressed(node: Element, context: BodyContext): Element {
  const { src, poster, cite } = node.properties;
  const srcSet = sourceSetOf(node);
  if (src === undefined && srcSet === null && poster === undefined && cite === undefined) return node;
  const { base } = context.source;
  const properties = { ...node.properties };
  if (typeof cite === "string") properties["cite"] = withBase(cite, base);
  if (typeof src === "string") {
    const media = findMedia(src, node, context);
    if (media !== null) properties["src"] = base + mediaPath(media).slice(1);
  }
  if (srcSet !== null) {
    delete properties["srcset"];
    properties["srcSet"] = srcSet
      .map(({ src: one, size }) => {
        const picture = findPicture(one, node, context);
        return `${picture === null ? one : fullPictureUrl(picture, base)} ${size}`.trim();
      })
      .join(", ");
  }
  if (typeof poster === "string") {
    const picture = findPicture(poster, node, context);
    if (picture !== null) properties["poster"] = fullPictureUrl(picture, base);
  }
  return { ...node, properties };
}

function renderBlock(code: Element, context: BodyContext): Element {
  const lang = fenceOf(code).lang?.toLowerCase();
  if (lang === "math" || lang === "latex-math")
    return renderMath(textOfCode(code).trim(), true, code, context);
  return lang === "mermaid" ? renderDiagram(code, context) : renderCode(code, context);
}

function renderAnchor(node: Element, context: BodyContext, place: Place): ElementContent[] {
  if (place.isInLink && isBareAddress(node)) return context.visit(node.children, place);
  if (place.isInLink) {
    report(context, node, "A link is inside another link", "End the first link before the second begins.");
  }
  const href = node.properties["href"];
  const properties = { ...node.properties };
  if (typeof href === "string" && href !== "" && node.children.length === 0 && !("ariaLabel" in properties))
    report(
      context,
      node,
      `The link to ${href} has no text, so readers can't see it`,
      `Give it some:\n[${nameOfAddress(href)}](${href})`,
    );
  if (typeof href === "string") properties["href"] = renderLink(href, node, context);
  return [{ ...node, properties, children: context.visit(node.children, { ...place, isInLink: true }) }];
}

function nameOfAddress(href: string): string {
  return (
    href.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|[./]+)|\/$/gi, "").replaceAll(/[[\]]/g, "") || "the text"
  );
}

function renderSup(node: Element, context: BodyContext, place: Place, numbers: Numbers): Element {
  const [link] = node.children;
  if (link?.type !== "element" || !isNoteLink(link)) {
    return { ...node, children: context.visit(node.children, { ...place, isPhrasing: true }) };
  }
  if (place.isInLink) {
    report(context, node, "A note is inside a link", "Put the note after the link: [text](https://…)[^1]");
  }
  return renderNoteLink(link, numbers, context);
}

function taskLabel(node: Element, { words }: BodyContext): string {
  return node.properties["checked"] === true ? words.done : words.toDo;
}

/** Removes comments and keeps string literals as text; any other expression needs Astro. */
function renderExpression(node: MdxExpression, context: BodyContext): ElementContent[] {
  const code = node.value.replace(/\/\*[\s\S]*?\*\//g, "").trim();
  if (code === "") return [];
  const literal = literalOf(code);
  if (typeof literal === "string") return [{ type: "text", value: literal }];
  context.found.isModule = true;
  return [node];
}
