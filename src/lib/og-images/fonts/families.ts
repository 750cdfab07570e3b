/**
 * The typefaces of social pictures, all from npm. Fontsource cuts a family into slices, a file for some ranges of
 * Unicode (`unicode.json` says which), so a title loads only what it needs.
 */

/** A typeface and how it is set beside Literata. */
export interface Family {
  readonly package: string;
  /** End of the names of the files used: `-wght-normal.woff2`. */
  readonly files: string;
  /** Size relative to Literata's at which both look equally large. */
  readonly scale: number;
  /** Distance between baselines of large titles, in units of the size that the picture asks for. */
  readonly leading: number;
  /** Printed in the accent. */
  readonly isEmoji: boolean;
}

function variable(name: string, scale = 1, leading = 1.3): Family {
  return {
    package: `@fontsource-variable/${name}`,
    files: "-wght-normal.woff2",
    scale,
    leading,
    isEmoji: false,
  };
}

/** The site's own face, with its optical sizes. */
const LITERATA: Family = { ...variable("literata", 1, 1.12), files: "-opsz-normal.woff2" };

const EMOJI: Family = { ...variable("noto-emoji", 0.86, 1.15), isEmoji: true };

/** Faces for one script or a few, none of which another of them covers. */
const SCRIPTS: readonly Family[] = [
  variable("noto-serif", 0.96, 1.15),
  variable("noto-naskh-arabic", 1.12, 1.42),
  variable("noto-serif-hebrew", 1, 1.2),
  variable("noto-serif-devanagari", 1.04, 1.4),
  variable("noto-serif-bengali", 1.04, 1.4),
  variable("noto-serif-gurmukhi", 1.04, 1.4),
  variable("noto-serif-gujarati", 1.04, 1.4),
  variable("noto-serif-tamil", 0.96, 1.35),
  variable("noto-serif-telugu", 0.98, 1.45),
  variable("noto-serif-kannada", 0.98, 1.45),
  variable("noto-serif-malayalam", 0.94, 1.35),
  variable("noto-serif-sinhala", 0.98, 1.35),
  variable("noto-serif-thai", 1.02, 1.38),
  variable("noto-serif-lao", 1.02, 1.38),
  variable("noto-serif-khmer", 1, 1.6),
  {
    ...variable("noto-sans-myanmar", 0.96, 1.6),
    package: "@fontsource/noto-sans-myanmar",
    files: "-600-normal.woff2",
  },
  variable("noto-serif-georgian", 0.98, 1.2),
  variable("noto-serif-armenian", 0.98, 1.2),
  variable("noto-serif-ethiopic", 0.94, 1.25),
  {
    ...variable("noto-sans-math", 0.92, 1.2),
    package: "@fontsource/noto-sans-math",
    files: "-400-normal.woff2",
  },
  {
    ...variable("noto-sans-symbols-2", 0.92, 1.2),
    package: "@fontsource/noto-sans-symbols-2",
    files: "-400-normal.woff2",
  },
];

const HAN = {
  ja: variable("noto-serif-jp", 0.92, 1.24),
  zhHans: variable("noto-serif-sc", 0.92, 1.24),
  zhHant: variable("noto-serif-tc", 0.92, 1.24),
  ko: variable("noto-serif-kr", 0.94, 1.2),
} as const;

/** All families, for the fingerprint of what is installed. */
export const FAMILIES: readonly Family[] = [LITERATA, ...SCRIPTS, ...Object.values(HAN), EMOJI];

/** A sequence that readers expect to see as a picture: by nature, by a variation selector, a flag or a keycap. */
const EMOJI_CLUSTER = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}|\u20E3/u;

export function isEmoji(cluster: string): boolean {
  return EMOJI_CLUSTER.test(cluster) && !cluster.includes("\uFE0E");
}

/** The families to try for a cluster, best first. */
export function familiesFor(cluster: string, lang: string): readonly Family[] {
  const text = [LITERATA, ...SCRIPTS, ...hanFamilies(cluster, lang)];
  return isEmoji(cluster) ? [EMOJI, ...text] : [...text, EMOJI];
}

/** The same ideograph looks different in Japan, China, Taiwan and Korea: the text's language decides. */
function hanFamilies(cluster: string, lang: string): readonly Family[] {
  const first = hanFirst(cluster, lang);
  return [first, ...Object.values(HAN).filter((family) => family !== first)];
}

function hanFirst(cluster: string, lang: string): Family {
  const known = hanOfLanguage.get(lang) ?? hanOf(lang);
  hanOfLanguage.set(lang, known);
  if (known !== "any") return known;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(cluster)) return HAN.ja;
  return /\p{Script=Hangul}/u.test(cluster) ? HAN.ko : HAN.zhHans;
}

const hanOfLanguage = new Map<string, Family | "any">();

function hanOf(lang: string): Family | "any" {
  const { language, script } = new Intl.Locale(lang).maximize();
  if (language === "ja") return HAN.ja;
  if (language === "ko") return HAN.ko;
  if (language === "zh" || language === "yue") return script === "Hant" ? HAN.zhHant : HAN.zhHans;
  return "any";
}
