/** Maximum number of characters that entities may expand to: programs write a few dozen namespace names. */
const MOST_EXPANDED = 200_000;

const DOCTYPE = /<!DOCTYPE\s+svg\b[^[>]*(?:\[([\s\S]*?)\]\s*)?>/i;
const ENTITY = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
const HTML_IN_SWITCH =
  /(<switch\b[^>]*>\s*)<foreignObject\b[^>]*(?:\/>|>[\s\S]*?<\/foreignObject>)(?=\s*<[a-z])/gi;

/**
 * Prepares an SVG for publishing: removes the DOCTYPE that Illustrator writes, resolves internal entities, and removes
 * draw.io's HTML where the same `<switch>` has an SVG fallback. Everything else stays.
 */
export function cleanSvg(svg: string): string {
  return withoutEntities(svg).replace(HTML_IN_SWITCH, "$1");
}

function withoutEntities(svg: string): string {
  const doctype = DOCTYPE.exec(svg);
  if (doctype === null) return svg;
  const [whole, subset = ""] = doctype;
  const entities = new Map<string, string>();
  for (const [, name = "", double, single] of subset.matchAll(ENTITY)) {
    const value = double ?? single ?? "";
    if (!value.includes("&") && !value.includes("<")) entities.set(name, value);
  }
  // With anything but plain entities, such as one from another file, the DOCTYPE stays, so that `svgFacts` rejects it.
  if (
    subset
      .replace(ENTITY, "")
      .replace(/<!--[\s\S]*?-->/g, "")
      .trim() !== ""
  )
    return svg;
  if (entities.size !== [...subset.matchAll(ENTITY)].length) return svg;
  let left = MOST_EXPANDED;
  const expanded = svg.replace(whole, "").replace(/&([\w.-]+);/g, (reference, name: string) => {
    const value = entities.get(name);
    if (value === undefined) return reference;
    left -= value.length;
    return left < 0 ? reference : value.replaceAll('"', "&quot;");
  });
  return left < 0 ? svg : expanded;
}

/** Advice for exporting a safe SVG from common programs. */
export const SVG_ADVICE =
  "Export it without scripts and without anything that is fetched from elsewhere. Inkscape: Save as, Plain SVG. " +
  "Illustrator: Export as, SVG, fonts as outlines, images embedded. draw.io: Export as, SVG, embed images and fonts. " +
  "Figma: Export, SVG, outline text.";
