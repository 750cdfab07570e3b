import * as z from "zod";
import type { Element, ElementContent } from "hast";
import { pictureElement, SIZES } from "../../images/picture-element.ts";
import { report } from "../body-context.ts";
import type { BodyContext } from "../body-context.ts";
import { figcaption } from "../caption.ts";
import { h, isBlank, isElement } from "../hast.ts";
import { findPicture } from "../local-image-path.ts";
import { text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";
import { zoomLink } from "./figure.ts";

const props = z.strictObject({
  caption: text.optional().meta({ description: "a line under all the pictures" }),
});

const EXAMPLE =
  '<Gallery caption="Three gardens">\n\n![A gate](./gate.svg "The gate")\n![A hedge](./hedge.svg "The hedge")\n\n</Gallery>';

/** Several pictures side by side, each with its own caption. */
export const Gallery = defineComponent({
  name: "Gallery",
  props,
  example: EXAMPLE,
  children: "required",
  toElement({ caption }, { context, raw }) {
    const items = picturesIn(raw, context).map((img) => itemOf(img, context));
    return h(
      "figure",
      { className: ["gallery"] },
      h("ul", {}, items),
      figcaption(typeset(caption ?? "", context.source.lang)),
    );
  },
});

function picturesIn(nodes: readonly ElementContent[], context: BodyContext): Element[] {
  return nodes.flatMap((node): Element[] => {
    if (isBlank(node)) return [];
    if (isElement(node, "img")) return [node];
    if (isElement(node, "p")) return picturesIn(node.children, context);
    report(
      context,
      node,
      "<Gallery> contains something other than pictures",
      `Only pictures belong in it:\n${EXAMPLE}`,
    );
    return [];
  });
}

function itemOf(img: Element, context: BodyContext): Element | null {
  const src = String(img.properties["src"] ?? "");
  const alt = String(img.properties["alt"] ?? "").trim();
  const title = String(img.properties["title"] ?? "").trim();
  if (alt === "") {
    report(
      context,
      img,
      `The picture ${src} has no alternative text`,
      `Describe it for people who can't see it:\n![A gate](${src} "The gate")`,
    );
  }
  const facts = findPicture(src, img, context);
  if (facts === null) return null;
  const { base, isNote: isPhoto = false } = context.source;
  const picture = pictureElement(facts, alt, { base, isPhoto, sizes: SIZES.half });
  return h(
    "li",
    {},
    h("figure", {}, zoomLink(picture, facts, alt, context), figcaption(typeset(title, context.source.lang))),
  );
}
