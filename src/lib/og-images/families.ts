import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

/** A typeface of social images. */
export interface Family {
  readonly package: string;
  /** Characters that the package is for, with the signs that its script shares with others, such as `،` and `。`. */
  readonly characters: RegExp;
  /** End of the names of its files: its axes or the weight. */
  readonly files: string;
}

/** One of the files that Fontsource splits a family into. */
export interface Slice {
  /** Absolute path, WOFF2. */
  readonly file: string;
  /** First and last code point of each range that the file is for. */
  readonly ranges: readonly (readonly [number, number])[];
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
/** The blog's own face, always installed. */
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

/** Families to try for a text, best first. Ideographs take the shapes of the text's language. */
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

/** The installed version of a family and its slices, or null. */
export function installed({
  package: name,
  files,
}: Family): { version: string; slices: readonly Slice[] } | null {
  let folder: string;
  try {
    folder = path.dirname(require.resolve(`${name}/unicode.json`));
  } catch {
    return null;
  }
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
  const slices = Object.entries(unicodeSchema.parse(read("unicode.json"))).map(([subset, ranges]) => ({
    file: path.join(
      folder,
      `files/${path.basename(name)}-${subset.replaceAll(/[[\]]/g, "")}-${files}-normal.woff2`,
    ),
    ranges: ranges.split(",").map((range) => {
      const [from = "", to = from] = range.trim().slice("U+".length).split("-");
      return [parseInt(from, 16), parseInt(to, 16)] as const;
    }),
  }));
  return { version: manifestSchema.parse(read("package.json")).version, slices };
}
