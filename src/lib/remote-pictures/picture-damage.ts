import { svgFacts } from "../images/svg-metadata.ts";

/** Problem with a picture's bytes, as the end of a sentence; null if a blog can show it. Decodes every pixel. */
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
