/** Placeholders for the blog's address in Ghost exports, and in the Liquid templates of Jekyll and Eleventy. */
const MARKS: readonly RegExp[] = [
  /^__GHOST_URL__(?=\/)/,
  /^\{\{-?\s*(?:site\.(?:baseurl|url|base_?url)|site\.url\s*\}\}\s*\{\{\s*site\.baseurl)\s*-?\}\}(?=\/)/i,
];

const FILTERED =
  /^\{\{-?\s*(["'])(\/[^"']*)\1\s*\|\s*(?:relative_url|absolute_url|url|absoluteUrl|prepend:\s*site\.\w+)\s*-?\}\}/;

/** Removes a placeholder for the blog's address, which leaves a path from the site's root. */
export function withoutBlogMark(address: string): string {
  const [whole, , path] = FILTERED.exec(address) ?? [];
  if (whole !== undefined && path !== undefined) return path + address.slice(whole.length);
  return MARKS.reduce((rest, mark) => rest.replace(mark, ""), address);
}
