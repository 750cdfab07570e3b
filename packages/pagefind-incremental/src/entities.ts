/** Decodes entities and normalizes whitespace like Pagefind (`normalize_content`, based on the crate `html-escape`). */

/** Whitespace as defined by Unicode and Rust; JavaScript's `\s` differs in two characters. */
const SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/** A run of whitespace. */
export const SPACES = new RegExp(`[${SPACE}]+`, "u");

const ODD_SPACES = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;

/** Replaces each non-ASCII whitespace character with a space. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll(ODD_SPACES, " ");
}

const EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const LINE_ENDS = /(?:\r?\n)+/g;
const WIDE_SPACES = new RegExp(`[${SPACE}]{2,}`, "gu");

/** Named entities that serialized HTML contains; Pagefind parses texts with others. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** From a `&` to the next semicolon, with any characters in between except another `&`. */
const ENTITY = /&([^&;]*);/g;

/** Decodes entities like Pagefind. Null if the text has entities that aren't supported here. */
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

/** The character of an entity; an empty string if it isn't an entity, null if it may be one. */
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
  // Pagefind doesn't decode some control characters.
  const isCharacter = code >= 0x20 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : null;
}

/** Decodes and trims text and collapses its whitespace; null if {@link decodeEntities} returns null. */
export function tidy(text: string): string | null {
  return (
    decodeEntities(text)?.replace(EDGES, "").replaceAll(LINE_ENDS, " ").replaceAll(WIDE_SPACES, " ") ?? null
  );
}
