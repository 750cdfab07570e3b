/**
 * Whether an SVG can go into a book unchanged: it has no external references, HTML, scripts, animation, links or media.
 * Other SVGs are rasterized.
 */
export function isPlainSvg(svg: string): boolean {
  if (/<(?:\w+:)?(?:script|foreignObject|iframe|image|a|animate\w*|set|audio|video)\b/i.test(svg))
    return false;
  if (/\son\w+\s*=|@import|javascript:/i.test(svg)) return false;
  const references = [...svg.matchAll(/(?:href\s*=\s*["']|url\(\s*["']?)\s*([^"')]*)/gi)];
  return references.every(([, target = ""]) => target.startsWith("#")) && !/<!(?:DOCTYPE|ENTITY)/i.test(svg);
}
