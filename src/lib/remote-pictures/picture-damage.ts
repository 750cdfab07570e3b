import { svgFacts } from "../images/svg-metadata.ts";

/** What is wrong with the bytes of a picture, as the end of a sentence; null for one that a blog can show. Every pixel is decoded. */
export async function pictureDamage(bytes: Uint8Array, extension: string): Promise<string | null> {
  if (extension === "svg") {
    const facts = svgFacts(bytes);
    if (facts === null) return "is no drawing that can be read";
    return facts.dangers.length > 0 ? `holds ${facts.dangers.join(", ")}` : facts.damage;
  }
  const { rasterFacts } = await import("../images/raster-metadata.ts");
  const facts = await rasterFacts(bytes);
  return facts === null ? "is damaged" : facts.damage;
}
