import type { Element, ElementContent, Properties } from "hast";
import { h, isBlank } from "../../markdown/hast.ts";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Elements of Presentation MathML with the number of children that they must have; null for any. */
const ELEMENTS: ReadonlyMap<string, number | null> = new Map<string, number | null>([
  ..."math mrow msqrt mstyle merror mpadded mphantom menclose mtd"
    .split(" ")
    .map((name) => [name, null] as const),
  ...["mfrac", "mroot", "msub", "msup", "munder", "mover"].map((name) => [name, 2] as const),
  ...["msubsup", "munderover"].map((name) => [name, 3] as const),
]);
const TOKENS = new Set(["mi", "mn", "mo", "mtext", "ms"]);
const ATTRIBUTES = new Set(
  (
    "display displaystyle scriptlevel mathvariant mathsize mathcolor stretchy fence form separator lspace rspace width " +
    "height voffset depth columnAlign columnSpacing rowSpacing columnLines rowLines frame lineThickness accent " +
    "accentUnder minSize maxSize moveableLimits movableLimits symmetric largeOp notation rowAlign alttext"
  )
    .toLowerCase()
    .split(" "),
);

/** A formula as EPUB allows it, with its TeX as alternative text; null if the formula isn't valid. */
export function safeMath(math: Element): Element | null {
  const content = mathElement(math);
  if (content === null) return null;
  const tex = texOf(math)?.trim() ?? "";
  return {
    ...content,
    properties: { xmlns: MATHML, ...content.properties, ...(tex === "" ? {} : { alttext: tex }) },
  };
}

function mathElement(node: Element): Element | null {
  const { tagName, properties } = node;
  const attributes = attributesOf(properties);
  if (TOKENS.has(tagName)) {
    const isText = node.children.every((child) => child.type === "text");
    return isText ? h(tagName, attributes, node.children) : null;
  }
  if (tagName === "mspace") return h("mspace", attributes);
  const children = node.children.filter((child) => !isBlank(child) && child.type !== "comment");
  if (tagName === "semantics") {
    const [first] = children;
    return first?.type === "element" ? mathElement(first) : null;
  }
  const inner = children.map((child) => (child.type === "element" ? mathElement(child) : null));
  if (inner.some((child) => child === null)) return null;
  const parts: ElementContent[] = inner.flatMap((child) => child ?? []);
  if (tagName === "mtable" || tagName === "mtr") {
    const wanted = tagName === "mtable" ? "mtr" : "mtd";
    const isWhole = parts.every((part) => part.type === "element" && part.tagName === wanted);
    return isWhole ? h(tagName, attributes, parts) : null;
  }
  const count = ELEMENTS.get(tagName);
  if (count === undefined || (count !== null && parts.length !== count)) return null;
  return h(tagName, attributes, parts);
}

function attributesOf(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(
        ([name, value]) => ATTRIBUTES.has(name.toLowerCase()) && /^[\w.#+ -]{1,80}$/.test(String(value)),
      )
      .map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** TeX source of a formula, which the renderer keeps as an annotation. */
function texOf(node: Element): string | null {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "annotation")
      return child.children.map((text) => (text.type === "text" ? text.value : "")).join("");
    const found = texOf(child);
    if (found !== null) return found;
  }
  return null;
}
