/** Content of an SVG document's root element, without comments and declarations. */
export function svgElements(svg: string): string {
  const body = svg.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>/g, "");
  return /<svg\b[^>]*>([\s\S]*)<\/svg>/.exec(body)?.[1]?.trim() ?? "";
}

/** Width and height of an SVG document, from its attributes or its view box; null if it has neither. */
export function svgSize(svg: string): { readonly width: number; readonly height: number } | null {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  const length = (name: string) => Number(new RegExp(`\\b${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1]);
  const [width, height] = [length("width"), length("height")];
  if (width > 0 && height > 0) return { width, height };
  const box = /\bviewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(root);
  return box === null ? null : { width: Number(box[1]), height: Number(box[2]) };
}
