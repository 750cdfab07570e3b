/** Decodes an author's file, whatever editor saved it. */
import type { AuthorIssue } from "../author-error.ts";

export interface DecodedText {
  /** Without a byte order mark; with U+FFFD for invalid bytes if there is an issue. */
  readonly text: string;
  /** Null when the file is UTF-8 or UTF-16. */
  readonly issue: AuthorIssue | null;
}

/**
 * Decodes UTF-8, with or without a byte order mark, and UTF-16. Anything else is an issue that names the encoding
 * and the first line that isn't UTF-8.
 * @param file path from the project's root.
 */
export function decodeText(bytes: Buffer, file: string): DecodedText {
  const utf16 = utf16Name(bytes);
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), issue: null };
  const text = decodedAs("utf-8", bytes);
  if (text !== null) return { text, issue: null };
  return { text: bytes.toString("utf8").replace(/^\uFEFF/, ""), issue: wrongEncoding(bytes, file) };
}

/** Detects UTF-16 by its byte order mark, or by zero bytes in the first two characters. Null for UTF-32 and others. */
function utf16Name(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x0000feff) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.length < 4 || bytes.length % 2 !== 0) return null;
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return "utf-16le";
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0) return "utf-16be";
  return null;
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

interface Guess {
  /** Name shown to the author. */
  readonly name: string;
  /** Name for `iconv`. */
  readonly iconv: string;
  /** Label for `TextDecoder`; null if unsupported. */
  readonly decoder: string | null;
}

const LATIN: Guess = { name: "Latin-1 (ISO 8859-1)", iconv: "ISO-8859-1", decoder: "windows-1252" };
const WINDOWS: Guess = { name: "Windows-1252", iconv: "WINDOWS-1252", decoder: "windows-1252" };

/** Encodings, each with the share of characters typical of its script when decoded with it. The first match wins. */
const BY_SCRIPT: readonly (Guess & { readonly decoder: string; readonly fits: (text: string) => number })[] =
  [
    {
      name: "Shift_JIS",
      iconv: "SHIFT_JIS",
      decoder: "shift_jis",
      fits: share(/[\u3040-\u30ff\u3001\u3002]/g),
    },
    { name: "EUC-JP", iconv: "EUC-JP", decoder: "euc-jp", fits: share(/[\u3040-\u30ff\u3001\u3002]/g) },
    { name: "EUC-KR", iconv: "CP949", decoder: "euc-kr", fits: share(/[\uac00-\ud7a3]/g) },
    {
      name: "GB 18030",
      iconv: "GB18030",
      decoder: "gb18030",
      fits: share(/[的一是不了在人有我他这\u3001\u3002]/g),
    },
    { name: "Big5", iconv: "BIG5", decoder: "big5", fits: share(/[的一是不了在人有我他這\u3001\u3002]/g) },
    { name: "Windows-1251", iconv: "WINDOWS-1251", decoder: "windows-1251", fits: share(/[а-яё]/g) },
    { name: "KOI8-R", iconv: "KOI8-R", decoder: "koi8-r", fits: share(/[а-яё]/g) },
  ];

function share(signs: RegExp): (text: string) => number {
  return (text) => {
    const foreign = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
    return foreign === 0 ? 0 : (text.match(signs)?.length ?? 0) / foreign;
  };
}

/** Minimum share of typical characters for an encoding to match. */
const ENOUGH: Readonly<Record<string, number>> = {
  shift_jis: 0.4,
  "euc-jp": 0.4,
  "euc-kr": 0.8,
  gb18030: 0.05,
  big5: 0.05,
  "windows-1251": 0.7,
  "koi8-r": 0.7,
};

function guess(bytes: Buffer): Guess {
  if (bytes.length >= 4 && (bytes.readUInt32LE(0) === 0xfeff || bytes.readUInt32BE(0) === 0xfeff))
    return { name: "UTF-32", iconv: "UTF-32", decoder: null };
  const found = BY_SCRIPT.find(({ decoder, fits }) => {
    const text = decodedAs(decoder, bytes);
    // Two adjacent non-ASCII letters indicate a non-Latin script; a single one is probably an accented Latin letter.
    return text !== null && fits(text) >= (ENOUGH[decoder] ?? 1) && /[^\u0000-\u007f]{2}/.test(text);
  });
  if (found !== undefined) return found;
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? WINDOWS : LATIN;
}

function wrongEncoding(bytes: Buffer, file: string): AuthorIssue {
  const line = firstWrongLine(bytes);
  const { name, iconv, decoder } = guess(bytes);
  const words = decoder === null ? "" : new TextDecoder(decoder).decode(line.bytes).trim();
  const shown = words === "" ? "" : `: ${words.length > 80 ? `${words.slice(0, 79)}…` : words}`;
  return {
    message: `This file isn't UTF-8, but probably ${name}${shown}`,
    file,
    line: line.number,
    hint:
      "Save it as UTF-8: in VS Code, click the encoding in the status bar; in Notepad, use “Save as”. In a terminal:\n" +
      `iconv -f ${iconv} -t UTF-8 "${file}" > utf8.txt && mv utf8.txt "${file}"`,
  };
}

function firstWrongLine(bytes: Buffer): { readonly number: number; readonly bytes: Buffer } {
  let start = 0;
  for (let number = 1; start <= bytes.length; number++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    if (decodedAs("utf-8", line) === null) return { number, bytes: line };
    start = end + 1;
  }
  return { number: 1, bytes: bytes.subarray(0, 0) };
}
