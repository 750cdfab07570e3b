import * as z from "zod";
import type { Element, ElementContent } from "hast";
import { fullPictureUrl, pictureElement, SIZES } from "../../images/picture-element.ts";
import type { ImageMetadata } from "../../images/image-metadata.ts";
import type { BodyContext } from "../body-context.ts";
import { report } from "../body-context.ts";
import { creditOf, figcaption } from "../caption.ts";
import { h } from "../hast.ts";
import { findPicture } from "../local-image-path.ts";
import { address, flag, propLine, text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";

const props = z.strictObject({
  src: text.meta({ description: "the picture's file beside the post, such as ./fence.svg" }),
  alt: z
    .string()
    .optional()
    .meta({ description: "a description of the picture for people who can't see it" }),
  caption: text.optional().meta({ description: "a line under the picture" }),
  credit: text.optional().meta({ description: "who made it" }),
  creditUrl: address.optional().meta({ description: "where its maker is found" }),
  wide: flag.optional().meta({ description: "lets it be wider than the text" }),
  margin: flag.optional().meta({ description: "puts it beside the text where the window has room" }),
  decorative: flag
    .optional()
    .meta({ description: "for a picture that carries no information; then alt is omitted" }),
});

/** A picture with caption and credit that can be enlarged. */
export const Figure = defineComponent({
  name: "Figure",
  props,
  example: '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" caption="Where it began" />',
  children: "optional",
  toElement(values, { node, context, raw, inline }) {
    const alt = values.alt?.trim() ?? "";
    if (alt === "" && values.decorative !== true) {
      report(context, propLine(node, "alt", context), `<Figure> needs the prop alt`, ALT_HINT);
    }
    if (values.caption !== undefined && raw.length > 0) {
      report(
        context,
        node,
        "<Figure> has two captions",
        "Give it once: as the prop caption, or between the tags when it needs Markdown.",
      );
    }
    if (values.wide === true && values.margin === true) {
      report(
        context,
        propLine(node, "margin", context),
        "<Figure> is wide and in the margin",
        'It can be one of the two: <Figure src="./fence.svg" alt="Two neighbors talk over a fence" margin />',
      );
    }
    const facts = findPicture(values.src, propLine(node, "src", context), context);
    const caption = raw.length > 0 ? inline() : typeset(values.caption ?? "", context.source.lang);
    const credit = creditOf(values, node, context);
    if (facts === null) return null;
    return figureElement({ facts, alt, caption, credit, place: placeOf(values) }, context);
  },
});

/** Placement of a picture: in the text column, wider than it, or in the margin. */
type FigurePlace = "text" | "wide" | "margin";

function placeOf({ wide, margin }: z.infer<typeof props>): FigurePlace {
  if (wide === true) return "wide";
  return margin === true ? "margin" : "text";
}

const ALT_HINT =
  "alt: a description of the picture for people who can't see it\n" +
  '<Figure src="./fence.svg" alt="Two neighbors talk over a fence" />\n' +
  'For a picture that carries no information: <Figure src="./line.svg" decorative />';

/** Renders a figure; also used for a Markdown image alone in its paragraph with a title. */
export function figureElement(
  figure: {
    readonly facts: ImageMetadata;
    readonly alt: string;
    readonly caption: string | readonly ElementContent[];
    readonly credit: ElementContent | null;
    readonly place: FigurePlace;
  },
  context: BodyContext,
): Element {
  const { facts, alt, caption, credit, place } = figure;
  const { base, isNote: isPhoto = false } = context.source;
  const picture = pictureElement(facts, alt, { base, isPhoto, sizes: SIZES[place] });
  return h(
    "figure",
    { className: place === "text" ? ["figure"] : ["figure", place] },
    alt === "" ? picture : zoomLink(picture, facts, alt, context),
    figcaption(caption, credit),
  );
}

/** Link to the full-size picture; the page's script opens it in a dialog. */
export function zoomLink(picture: Element, facts: ImageMetadata, alt: string, context: BodyContext): Element {
  const { openLarge, close, previousPicture, nextPicture } = context.words;
  return h(
    "a",
    {
      className: ["zoom"],
      href: fullPictureUrl(facts, context.source.base),
      ariaLabel: `${openLarge}: ${alt}`,
      dataZoom: `${close}|${previousPicture}|${nextPicture}`,
    },
    picture,
  );
}
