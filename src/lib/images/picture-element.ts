import type { Element, Properties } from "hast";
import type { ImageMetadata } from "./image-metadata.ts";
import { variantsOf } from "./image-variants.ts";
import type { PictureVariant } from "./image-variants.ts";

export interface PictureOptions {
  /** Base path of the site, `/` or `/blog/`. */
  readonly base: string;
  /** Width of the picture on the page, as in the `sizes` attribute. */
  readonly sizes?: string;
  /** Whether it is marked up as a photo of its entry in microformats (`u-photo`). */
  readonly isPhoto?: boolean;
}

/** `sizes` of a picture in the text column, of one wider than it, of one in the margin, and of one half as wide. */
export const SIZES = {
  text: "(min-width: 46rem) 42rem, 92vw",
  wide: "(min-width: 70rem) 64rem, 96vw",
  margin: "(min-width: 75rem) 16rem, (min-width: 46rem) 42rem, 92vw",
  half: "(min-width: 46rem) 21rem, 92vw",
} as const;

/**
 * `<picture>` with AVIF, WebP and the original format, or a plain `<img>` for vector and animated pictures.
 * Width and height are always set, so the layout doesn't shift when it loads.
 */
export function pictureElement(facts: ImageMetadata, alt: string, options: PictureOptions): Element {
  const { full, sources } = variantsOf(facts);
  const url = (variant: PictureVariant): string => options.base + variant.path.slice(1);
  const properties: Properties = {
    src: url(full),
    alt,
    width: full.width,
    height: heightAt(facts, full.width),
  };
  const classes = [
    ...(options.isPhoto === true ? ["u-photo"] : []),
    ...(facts.tint === null ? [] : [`tint-${facts.tint}`]),
  ];
  if (classes.length > 0) properties["className"] = classes;
  properties["loading"] = "lazy";
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

/** URL path of the picture in full size, with the base path. */
export function fullPictureUrl(facts: ImageMetadata, base: string): string {
  return base + variantsOf(facts).full.path.slice(1);
}

function heightAt(facts: ImageMetadata, width: number): number {
  return Math.max(1, Math.round((facts.height * width) / facts.width));
}
