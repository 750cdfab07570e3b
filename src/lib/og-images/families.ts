import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

/** A typeface of social images. Fontsource splits it into slices, one file for some ranges of Unicode. */
export interface Family {
  /** npm package. */
  readonly package: string;
  /** Characters to suggest the package for. */
  readonly characters: RegExp;
  /** End of the names of its files. */
  readonly files: string;
}

/** A file of an installed family. */
export interface Slice {
  readonly family: Family;
  /** Absolute path of the WOFF2 file. */
  readonly file: string;
  /** First and last code point of each range that the file is meant for. */
  readonly ranges: readonly (readonly [number, number])[];
}

function family(name: string, characters: string, files = "wght"): Family {
  const scope = /^\d/.test(files) ? "@fontsource" : "@fontsource-variable";
  return { package: `${scope}/${name}`, characters: new RegExp(characters, "u"), files };
}

const SERIFS =
  "Hebrew Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Georgian Armenian Ethiopic";

/** The blog's own face, always installed. */
export const LITERATA = family("literata", "[^]", "opsz");
export const EMOJI = family("noto-emoji", "\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F");
const SCRIPTS = [
  family("noto-serif", "[\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}]"),
  family("noto-naskh-arabic", "\\p{sc=Arabic}"),
  ...SERIFS.split(" ").map((script) => family(`noto-serif-${script.toLowerCase()}`, `\\p{sc=${script}}`)),
  family("noto-sans-myanmar", "\\p{sc=Myanmar}", "600"),
  family("noto-sans-math", "\\p{Sm}", "400"),
  family("noto-sans-symbols-2", "\\p{So}", "400"),
];
const HAN = {
  ja: family("noto-serif-jp", "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]"),
  ko: family("noto-serif-kr", "[\\p{sc=Han}\\p{sc=Hangul}]"),
  Hans: family("noto-serif-sc", "\\p{sc=Han}"),
  Hant: family("noto-serif-tc", "[\\p{sc=Han}\\p{sc=Bopomofo}]"),
};

/** Families to try for a text, best first. Ideographs take the shapes of the text's language. */
export function familiesFor(text: string, lang: string): readonly Family[] {
  const { language, script } = new Intl.Locale(lang).maximize();
  const isChinese = language === "zh" || language === "yue";
  const own = language === "ja" || /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text) ? HAN.ja : HAN.ko;
  const isKorean = language === "ko" || /\p{sc=Hangul}/u.test(text);
  const chinese = script === "Hant" ? HAN.Hant : HAN.Hans;
  const han = isChinese || (own === HAN.ko && !isKorean) ? chinese : own;
  const others = [...SCRIPTS, han, ...Object.values(HAN).filter((other) => other !== han), EMOJI];
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text)
    ? [han, LITERATA, ...others]
    : [LITERATA, ...others];
}

const require = createRequire(import.meta.url);

/** The slices of a family; none when its package isn't installed. */
export function slicesOf({ package: name, files, ...rest }: Family): readonly Slice[] {
  const folder = folderOf(name);
  if (folder === null) return [];
  const subsets = z.record(z.string(), z.string()).parse(readJson(path.join(folder, "unicode.json")));
  return Object.entries(subsets).map(([subset, ranges]) => ({
    family: { package: name, files, ...rest },
    file: path.join(
      folder,
      `files/${path.basename(name)}-${subset.replaceAll(/[[\]]/g, "")}-${files}-normal.woff2`,
    ),
    ranges: ranges.split(",").map(rangeOf),
  }));
}

/** The installed version of a family's package, `""` for none. */
export function versionOf({ package: name }: Family): string {
  const folder = folderOf(name);
  if (folder === null) return "";
  return z.object({ version: z.string() }).parse(readJson(path.join(folder, "package.json"))).version;
}

/** Whether a file is meant for a code point. */
export function isWithin(code: number, ranges: Slice["ranges"]): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last);
}

function folderOf(name: string): string | null {
  try {
    return path.dirname(require.resolve(`${name}/unicode.json`));
  } catch {
    return null;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** `U+4E00-4E0F` → its first and last code point. */
function rangeOf(text: string): readonly [number, number] {
  const [first = "", last = first] = text.trim().slice("U+".length).split("-");
  return [parseInt(first, 16), parseInt(last, 16)];
}
