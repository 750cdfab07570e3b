/** Names for addresses, made from words in any language and script. */

/**
 * The address name of a tag: NFC, lower case by Unicode's own rules (never the machine's language), words joined by
 * `-`. `C++` and `C#` stay apart (`c-plus-plus`, `c-sharp`). Two labels with the same name are the same tag.
 */
export function tagSlug(label: string): string {
  const known = tagSlugs.get(label);
  if (known !== undefined) return known;
  const slug = slugOf(label.replaceAll("+", "-plus").replaceAll("#", "-sharp"));
  if (tagSlugs.size < MOST_KEPT) tagSlugs.set(label, slug);
  return slug;
}

/** A blog has few tags and asks for each of them thousands of times. */
const tagSlugs = new Map<string, string>();
const MOST_KEPT = 10_000;

/**
 * A name for an address, made from a title. Letters, marks and digits of every script stay, symbols such as emoji
 * too; everything else separates words. When nothing is left, the code points stand for themselves (`u21-u3f`).
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
