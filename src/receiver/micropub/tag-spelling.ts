import { tagSlug } from "../../lib/site/slug.ts";

/**
 * Tags in the blog's spelling, without duplicates, since two spellings of one tag make a build fail.
 * @param known tags in use.
 */
export function spelledAs(known: readonly string[], tags: readonly string[]): readonly string[] {
  const spellings = new Map<string, string>();
  for (const tag of [...known, ...tags]) {
    const slug = tagSlug(tag);
    if (!spellings.has(slug)) spellings.set(slug, tag);
  }
  return [...new Set(tags.map((tag) => spellings.get(tagSlug(tag)) ?? tag))];
}
