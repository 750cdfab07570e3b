/**
 * Whether a drawing can stand in a book as it is: it fetches nothing, holds no HTML, runs nothing and needs no browser.
 * Others are drawn as pixels.
 */
export function isPlainSvg(svg: string): boolean {
  if (/<(?:\w+:)?(?:script|foreignObject|iframe|image|a|animate\w*|set|audio|video)\b/i.test(svg))
    return false;
  if (/\son\w+\s*=|@import|javascript:/i.test(svg)) return false;
  const references = [...svg.matchAll(/(?:href\s*=\s*["']|url\(\s*["']?)\s*([^"')]*)/gi)];
  return references.every(([, target = ""]) => target.startsWith("#")) && !/<!(?:DOCTYPE|ENTITY)/i.test(svg);
}
