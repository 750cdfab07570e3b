/**
 * Cleans untrusted plain text (names, titles, URLs): no control, bidi or zero-width characters, no URLs inside names,
 * no unlimited length.
 */
import { collapseWhitespace } from "../markdown/collapse-whitespace.ts";

const MAX_NAME = 80;

/**
 * Characters that are invisible or change the direction of text, except line breaks and tabs. Tag characters are
 * removed with {@link TAGS}.
 */
// prettier-ignore
const INVISIBLE = /[[\p{Cc}--[\n\t]]\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E001F}\u{E0080}-\u{E0FFF}]/gv;

/** Runs of tag characters, with the flag that may precede them (UTS #51, ED-14a). Linear time. */
const TAGS = /\u{1F3F4}?[\u{E0020}-\u{E007F}]+/gu;
/** A region's flag (🏴󠁧󠁢󠁳󠁣󠁴󠁿) has two UTF-16 units, and two for each of at most six tags and the end tag. */
const LONGEST_FLAG = 16;

/** Joiners U+200C and U+200D that aren't needed by a script or an emoji. */
const IDLE_JOINERS = new RegExp(
  String.raw`(?<![\p{M}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])[\u200C\u200D]+` +
    String.raw`|[\u200C\u200D]+(?![\p{M}\p{L}\p{Extended_Pictographic}])`,
  "gu",
);

/** More than three combining marks on one letter ("Zalgo"). */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/\S*|\bwww\.\S+|\b(?:javascript|data|vbscript|mailto):\S*/giu;
const EMAIL = /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+/gu;

const EMPTY_BRACKETS = /<\s*>|\(\s*\)|\[\s*\]/g;

/** Printable ASCII and white space: the most common text, with a fast path. */
const PLAIN = /^[\t-\r -~]*$/;

/** Returns one line of text without control, bidi and zero-width characters, with collapsed whitespace. */
export function cleanLine(long: string, maxLength: number): string {
  const raw = cut(long, maxLength);
  if (PLAIN.test(raw)) return truncate(collapseWhitespace(raw), maxLength);
  const line = raw
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\s\u2028\u2029]+/gu, " ")
    .replace(TAGS, withoutLooseTags)
    .replace(INVISIBLE, "")
    .replace(IDLE_JOINERS, "")
    .replace(STACKED_MARKS, "$1")
    .trim();
  return truncate(line, maxLength);
}

/** Cleans several lines like {@link cleanLine}, but keeps line breaks; three or more become two. */
export function cleanLines(raw: string, maxLength: number): string {
  const lines = cut(raw, maxLength)
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => cleanLine(line, maxLength));
  const joined = lines.join("\n").replace(/\n{3,}/g, "\n\n");
  return truncate(joined.trim(), maxLength);
}

/** Removes only characters that are invisible or change the direction of text. */
export function stripInvisible(raw: string): string {
  return raw
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, "\n")
    .replace(TAGS, withoutLooseTags)
    .replace(INVISIBLE, "");
}

/**
 * Cuts a text to several times the maximum length of the result: the time to clean it is proportional to its length,
 * and a service may respond with megabytes.
 */
function cut(raw: string, maxLength: number): string {
  const most = maxLength * 8 + 200;
  if (raw.length <= most) return raw;
  const isSplit = /[\uD800-\uDBFF]/.test(raw.charAt(most - 1));
  return raw.slice(0, isSplit ? most - 1 : most);
}

function withoutLooseTags(run: string): string {
  if (!run.startsWith("\u{1F3F4}")) return "";
  return run.length <= LONGEST_FLAG ? run : "\u{1F3F4}";
}

/**
 * Cleans a name for display: without URLs and email addresses, at most 80 characters. Empty if nothing readable is
 * left.
 */
export function cleanName(raw: string): string {
  const name = cleanLine(
    cleanLine(raw, 500).replace(EMAIL, "").replace(ADDRESS, "").replace(EMPTY_BRACKETS, ""),
    MAX_NAME,
  );
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{RI}]/u.test(name) ? name : "";
}

/**
 * Checks that a URL is safe to link: http or https, without credentials, at most 2,000 characters.
 * @returns the URL as normalized by the URL parser, or null.
 */
export function safeUrl(raw: unknown): string | null {
  if (typeof raw !== "string" || raw.length > 2000 || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return isWeb && url.username === "" && url.password === "" && url.hostname !== "" ? url.href : null;
}

/** Returns the host of a URL for display, without `www.`; empty if it isn't a URL. */
export function hostOf(address: string | undefined): string {
  if (address === undefined || !URL.canParse(address)) return "";
  return new URL(address).hostname.replace(/^www\./, "").replace(/\.$/, "");
}

/** Truncates a text to a number of code points, including an ellipsis if it was cut. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const points = Array.from(text);
  return points.length <= maxLength
    ? text
    : `${points
        .slice(0, maxLength - 1)
        .join("")
        .trimEnd()}…`;
}

/** Same as {@link truncate}, but cuts after a word if one ends in the last fifth. */
export function truncateAtWord(text: string, maxLength: number): string {
  const cut = truncate(text, maxLength);
  const end = cut.lastIndexOf(" ");
  return cut === text || end < cut.length * 0.8
    ? cut
    : `${cut.slice(0, end).replace(/[\s,;:\u2013\u2014-]+$/, "")}…`;
}
