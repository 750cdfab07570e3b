import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

/** A font family for social images. */
export interface Family {
  readonly package: string;
  /** Characters that the package is for, including those that its script shares with others, such as `،` and `。`. */
  readonly characters: RegExp;
  /** Suffix of its file names: the axes or the weight. */
  readonly files: string;
}

/** One of the files that Fontsource splits a family into. */
export interface Slice {
  /** Absolute path, WOFF2. */
  readonly file: string;
  /** Characters that the file is for; it may lack some. */
  readonly characters: RegExp;
}

function family(name: string, characters: string, files = "wght"): Family {
  const scope = files === "wght" || files === "opsz" ? "@fontsource-variable" : "@fontsource";
  return { package: `${scope}/${name}`, characters: new RegExp(characters, "u"), files };
}

const SERIFS = (
  "Hebrew Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Georgian " +
  "Armenian Ethiopic Tibetan"
).split(" ");

export const EMOJI = family("noto-emoji", "\\p{Emoji_Presentation}|\\p{Emoji}\\uFE0F");
/** The blog's own font, always installed. */
const LITERATA = family("literata", "[^]", "opsz");
const SCRIPTS = [
  family("noto-serif", "[\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}]"),
  family("noto-naskh-arabic", "\\p{scx=Arabic}"),
  ...SERIFS.map((script) => family(`noto-serif-${script.toLowerCase()}`, `\\p{scx=${script}}`)),
  family("noto-sans-thaana", "\\p{scx=Thaana}"),
  family("noto-sans-myanmar", "\\p{scx=Myanmar}", "600"),
  family("noto-sans-math", "\\p{Sm}", "400"),
  family("noto-sans-symbols-2", "\\p{So}", "400"),
];
const [JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL] = [
  family("noto-serif-jp", "[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}]"),
  family("noto-serif-kr", "[\\p{scx=Han}\\p{scx=Hangul}]"),
  family("noto-serif-sc", "\\p{scx=Han}"),
  family("noto-serif-tc", "[\\p{scx=Han}\\p{scx=Bopomofo}]"),
];

/** Families to try for a text, best first. Ideographs get the regional forms of the text's language. */
export function familiesFor(text: string, lang: string): readonly Family[] {
  const { language, script } = new Intl.Locale(lang).maximize();
  const isChinese = language === "zh" || language === "yue";
  const chinese = script === "Hant" ? TRADITIONAL : SIMPLIFIED;
  const isJapanese = language === "ja" || /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text);
  const other = language === "ko" || /\p{sc=Hangul}/u.test(text) ? KOREAN : chinese;
  const first = isChinese ? chinese : isJapanese ? JAPANESE : other;
  const last = [first, JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL, EMOJI];
  const isHan = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text);
  return [...new Set([...(isHan ? [first] : []), LITERATA, ...SCRIPTS, ...last])];
}

const require = createRequire(import.meta.url);
const manifestSchema = z.object({ version: z.string() });
const unicodeSchema = z.record(z.string(), z.string());

/** The installed version of a family's package, or null. */
export function installedVersion(family: Family): string | null {
  const file = installedFile(family, "package.json");
  return file === null ? null : manifestSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}

/** The files of a family; empty if its package isn't installed. */
export function slicesOf(family: Family): readonly Slice[] {
  const file = installedFile(family, "unicode.json");
  if (file === null) return [];
  const start = path.join(path.dirname(file), "files", path.basename(family.package));
  return Object.entries(unicodeSchema.parse(JSON.parse(readFileSync(file, "utf8")))).map(
    ([subset, ranges]) => ({
      file: `${start}-${subset.replaceAll(/[[\]]/g, "")}-${family.files}-normal.woff2`,
      // Such as `U+23, U+30-39`.
      characters: new RegExp(`[${ranges.replaceAll(/[,\s]*(?:U\+)?([0-9a-f]+)/gi, "\\u{$1}")}]`, "u"),
    }),
  );
}

function installedFile(family: Family, name: string): string | null {
  try {
    return require.resolve(`${family.package}/${name}`);
  } catch {
    return null;
  }
}
