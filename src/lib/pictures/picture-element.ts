import { toHtml } from "hast-util-to-html";
import type { Element, Properties } from "hast";
import type { PictureRef } from "../posts/model.ts";
import type { PictureFacts } from "./picture-facts.ts";
import type { PictureResolver } from "./picture-resolver.ts";
import { variantsOf } from "./picture-variants.ts";
import type { PictureVariant } from "./picture-variants.ts";

export interface PictureOptions {
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  /** How wide the picture stands on the page, as in the `sizes` attribute. */
  readonly sizes?: string;
  /** For the one picture that a reader sees first: fetched at once, with high priority. */
  readonly eager?: boolean;
  readonly className?: string;
}

/** Widths of a picture in the text column and of one that breaks out of it. */
export const SIZES = {
  text: "(min-width: 46rem) 42rem, 92vw",
  wide: "(min-width: 70rem) 64rem, 96vw",
  half: "(min-width: 46rem) 21rem, 92vw",
} as const;

/**
 * `<picture>` with AVIF, WebP and the original format, or a plain `<img>` for vector and moving pictures.
 * Width and height are always there, so nothing shifts when it arrives.
 */
export function pictureElement(facts: PictureFacts, alt: string, options: PictureOptions): Element {
  const { full, sources } = variantsOf(facts);
  const url = (variant: PictureVariant): string => options.base + variant.path.slice(1);
  const classes = [
    ...(options.className === undefined ? [] : [options.className]),
    ...(facts.tint === null ? [] : [`tint-${facts.tint}`]),
  ];
  const properties: Properties = {
    src: url(full),
    alt,
    width: full.width,
    height: heightAt(facts, full.width),
  };
  if (classes.length > 0) properties["className"] = classes;
  if (options.eager === true) properties["fetchPriority"] = "high";
  else properties["loading"] = "lazy";
  properties["decoding"] = "async";
  const img: Element = { type: "element", tagName: "img", properties, children: [] };
  if (sources.length === 0) return img;
  const sizes = options.sizes ?? SIZES.text;
  const sourceElements = sources.map(({ format, files }): Element => {
    const srcSet = files.map((file) => `${url(file)} ${file.width}w`).join(", ");
    const type = `image/${format}`;
    return { type: "element", tagName: "source", properties: { type, srcSet, sizes }, children: [] };
  });
  return { type: "element", tagName: "picture", properties: {}, children: [...sourceElements, img] };
}

/**
 * The same as HTML, for covers and photos of authors.
 * @returns an empty string when the file isn't there: its absence was reported when content was loaded.
 */
export function pictureHtml(
  ref: Pick<PictureRef, "file" | "alt">,
  options: PictureOptions,
  pictures: PictureResolver,
): string {
  const facts = pictures.get(ref.file);
  return facts === null ? "" : toHtml(pictureElement(facts, ref.alt, options));
}

/** Address of the whole picture, base path included. */
export function fullPictureUrl(facts: PictureFacts, base: string): string {
  return base + variantsOf(facts).full.path.slice(1);
}

function heightAt(facts: PictureFacts, width: number): number {
  return Math.max(1, Math.round((facts.height * width) / facts.width));
}
