import type { Element, ElementContent } from "hast";
import { bareText } from "./bare-text.ts";
import type { BodyContext } from "./body-context.ts";
import { asBlocks, cleanAll } from "./clean.ts";
import { element, isElement, property, text } from "./elements.ts";

const NO_DESCRIPTION = "Picture";

/**
 * A picture at its new place, or a link to its old address if it isn't available.
 * @param href target of a link around it: often a larger copy of the same picture.
 */
export function picture(node: Element, context: BodyContext, href = ""): ElementContent[] {
  const src = sourceOf(node);
  if (src === "" || isTracker(node, src)) {
    context.lose("a picture that only counts readers");
    return [];
  }
  if (isPortrait(src)) {
    context.lose("a portrait of Gravatar, whose address is made of an email address");
    return [];
  }
  context.counts.pictures += 1;
  const larger = href === "" || !isPictureAddress(href) ? null : context.picture(href);
  const local = larger ?? context.picture(src);
  const alt = descriptionOf(node, src, context);
  if (local !== null && isPictureAddress(href)) return [element("img", { src: local, alt })];
  const target = href === "" ? null : context.link(href);
  if (local !== null) {
    const img = element("img", { src: local, alt });
    return target === null ? [img] : [element("a", { href: target }, [img])];
  }
  const address = target !== null && isPictureAddress(href) ? target : (context.link(src) ?? "");
  if (address === "") return target === null ? [text(alt)] : [element("a", { href: target }, [text(alt)])];
  context.counts.remotePictures += 1;
  if (target === null || isPictureAddress(href)) return [element("a", { href: address }, [text(alt)])];
  return [
    element("a", { href: target }, [text(alt)]),
    text(" "),
    element("a", { href: address }, [text(`(${NO_DESCRIPTION})`)]),
  ];
}

/** A picture with its caption; other figures are replaced by their content. */
export function figure(node: Element, context: BodyContext): ElementContent[] {
  const captions = node.children.filter((child) => isElement(child, "figcaption"));
  const others = node.children.filter((child) => !isElement(child, "figcaption"));
  const content = asBlocks(cleanAll(others, context));
  const words = captions.flatMap((caption) =>
    isElement(caption) ? cleanAll(caption.children, context) : [],
  );
  if (words.length === 0) return content;
  const img = onlyPicture(content);
  const plain = bareText({ type: "root", children: words }).replaceAll(/\s+/g, " ").trim();
  if (img !== null && plain !== "" && words.every((word) => word.type === "text")) {
    img.properties["title"] = plain;
    if (property(img, "alt") === NO_DESCRIPTION) img.properties["alt"] = plain;
    return content;
  }
  return [...content, ...asBlocks([element("em", {}, words)])];
}

/** The picture of a paragraph that contains nothing else. */
function onlyPicture(content: readonly ElementContent[]): Element | null {
  const [block, ...more] = content;
  if (!isElement(block, "p") || more.length > 0) return null;
  const [only, ...others] = block.children;
  return isElement(only, "img") && others.length === 0 ? only : null;
}

/** The picture's address; pages with lazy loading keep it in another attribute. */
function sourceOf(node: Element): string {
  const src = property(node, "src").trim();
  const late = property(node, "dataSrc") || property(node, "dataLazySrc") || property(node, "dataOrigFile");
  return src === "" || src.startsWith("data:image/gif") ? late : src;
}

function isTracker(node: Element, src: string): boolean {
  const isDot = Number(node.properties["width"] ?? 2) <= 1 && Number(node.properties["height"] ?? 2) <= 1;
  return (
    isDot ||
    /feedburner\.com\/~|pixel\.wp\.com|stats\.wordpress\.com|blogger\.googleusercontent\.com\/tracker\//.test(
      src,
    )
  );
}

/** Whether a picture is from Gravatar, whose addresses contain the hash of an email address. */
export function isPortrait(src: string): boolean {
  return /^(?:https?:)?\/\/(?:[\w-]+\.)*gravatar\.com\/avatar\//i.test(src);
}

export function isPictureAddress(address: string): boolean {
  return /\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]|$)|\/\.a\/6a|googleusercontent\.com\/|bp\.blogspot\.com\//i.test(
    address,
  );
}

function descriptionOf(node: Element, src: string, context: BodyContext): string {
  const alt = property(node, "alt").trim();
  if (alt !== "" && !/^[\w-]+\.(?:jpe?g|png|gif|webp)$/i.test(alt)) return oneLine(alt);
  const known = context.pictureWords(src) ?? property(node, "title");
  if (known.trim() !== "") return oneLine(known);
  context.counts.undescribed += 1;
  return alt === "" ? NO_DESCRIPTION : oneLine(alt);
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, " ").trim();
}
