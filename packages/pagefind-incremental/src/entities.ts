/** How Pagefind decodes entities and tidies space (`normalize_content`, and the crate `html-escape` below it). */

/** White space as Unicode and Rust have it; JavaScript's `\s` differs in two characters. */
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** Runs of white space. */
export const SPACES = new RegExp(`[${SPACE}]+`, "u");

const ODD_SPACES = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

/** The text with a space for each white space that isn't ASCII's. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll(ODD_SPACES, " ");
}

const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const LINE_ENDS = /(?:\r?\n)+/g;
const WIDE_SPACES = new RegExp(`[${SPACE}]{2,}`, "gu");

/** The named entities that a serialized page holds; a text with others is left to Pagefind. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** From a semicolon back to the nearest `&`, whatever is between. */
const ENTITY = /&([^&;]*);/g;

/** Decodes as Pagefind does. Null for entities that aren't known here. */
export function decodeEntities(text: string): string | null {
  if (!text.includes("&")) return text;
  let decoded = "";
  let copied = 0;
  for (const { 0: entity, 1: name = "", index } of text.matchAll(ENTITY)) {
    const character = characterOf(name);
    if (character === null) return null;
    if (character === "") continue;
    decoded += text.slice(copied, index) + character;
    copied = index + entity.length;
  }
  return decoded + text.slice(copied);
}

/** The empty string for what is no entity, null for what might be one. */
function characterOf(name: string): string | null {
  if (name.startsWith("#")) return numbered(name);
  const known = NAMED[name];
  if (known !== undefined) return known;
  return /^[a-zA-Z0-9]+$/.test(name) ? null : "";
}

function numbered(name: string): string | null {
  const digits = /^#(?:[xX]([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
  if (digits === null) return /^#[xX]?[+\d]/.test(name) || /^#[xX][\da-fA-F]/.test(name) ? null : "";
  const [, hexadecimal, decimal = ""] = digits;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  // Pagefind leaves some control characters as they're written.
  const isCharacter = code >= 0x20 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : null;
}

/** Text decoded, trimmed, on one line, with single spaces; null where {@link decodeEntities} doesn't know. */
export function tidy(text: string): string | null {
  return (
    decodeEntities(text)?.replace(EDGES, "").replaceAll(LINE_ENDS, " ").replaceAll(WIDE_SPACES, " ") ?? null
  );
}
