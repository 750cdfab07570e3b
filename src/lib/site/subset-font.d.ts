declare module "subset-font" {
  /** The font with only the glyphs of `text`. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options?: {
      readonly targetFormat?: "sfnt" | "truetype" | "woff" | "woff2";
      readonly keepAllGlyphs?: boolean;
      readonly noHinting?: boolean;
      readonly keepFeatures?: readonly string[];
      readonly dropTables?: readonly string[];
      readonly variationAxes?: Readonly<
        Record<string, number | { readonly min: number; readonly max: number }>
      >;
    },
  ): Promise<Uint8Array>;
}
