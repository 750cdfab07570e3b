/** Marks that stand for the blog's own address: of Ghost's exports, and of Liquid as Jekyll and Eleventy use it. */
const MARKS: readonly RegExp[] = [
  /^__GHOST_URL__(?=\/)/,
  /^\{\{-?\s*(?:site\.(?:baseurl|url|base_?url)|site\.url\s*\}\}\s*\{\{\s*site\.baseurl)\s*-?\}\}(?=\/)/i,
];

const FILTERED =
  /^\{\{-?\s*(["'])(\/[^"']*)\1\s*\|\s*(?:relative_url|absolute_url|url|absoluteUrl|prepend:\s*site\.\w+)\s*-?\}\}/;

/** An address without the mark that another program has in the place of the blog's own: from the site's root. */
export function withoutBlogMark(address: string): string {
  const [whole, , path] = FILTERED.exec(address) ?? [];
  if (whole !== undefined && path !== undefined) return path + address.slice(whole.length);
  return MARKS.reduce((rest, mark) => rest.replace(mark, ""), address);
}
