/** Slugs for words in any language and script. */

/**
 * The slug of a tag: NFC, lower case by Unicode's default rules (independent of the locale), words joined by `-`. `C++`
 * and `C#` have different slugs (`c-plus-plus`, `c-sharp`). Two labels with the same slug are the same tag.
 */
export function tagSlug(label: string): string {
  const known = tagSlugs.get(label);
  if (known !== undefined) return known;
  const slug = slugOf(label.replaceAll("+", "-plus").replaceAll("#", "-sharp"));
  if (tagSlugs.size < MOST_KEPT) tagSlugs.set(label, slug);
  return slug;
}

/** Cache: a blog has few tags, but each is looked up thousands of times. */
const tagSlugs = new Map<string, string>();
const MOST_KEPT = 10_000;

/**
 * The slug of a title. Keeps letters, marks and digits of all scripts, and symbols such as emoji; everything else
 * separates words. If nothing is left, the slug consists of code points (`u21-u3f`).
 */
export function slugOf(text: string): string {
  const slug = text
    .normalize("NFC")
    .toWellFormed()
    .toLowerCase()
    .normalize("NFC")
    .replaceAll(/['’ʼ]/gu, "")
    .replaceAll(SEPARATORS, "-")
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" ? codePoints(text) : slug;
}

/** ZWNJ and ZWJ (U+200C, U+200D) are part of words in Persian, Indic scripts and emoji. */
const SEPARATORS = /[^\p{L}\p{M}\p{N}\p{So}\u200C\u200D]+/gu;

function codePoints(text: string): string {
  return (
    [...text].map((character) => `u${character.codePointAt(0)?.toString(16) ?? ""}`).join("-") || "untitled"
  );
}
