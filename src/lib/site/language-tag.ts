/** Validates language tags (BCP 47), and suggests a tag for other texts. */

/** Whether a text is a BCP 47 tag of an existing language. */
export function isLanguage(value: string): boolean {
  return canonical(value) !== null && isKnown(value) && !/-uk$/i.test(value);
}

/** The tag meant by a text such as `en_US`, `EN-us` or `english`; null if unknown. */
export function languageMeant(value: string): string | null {
  const text = value
    .trim()
    .replace(/\.[\w-]+$|@\w+$/, "")
    .replaceAll("_", "-");
  const tag = canonical(text);
  if (/-uk$/i.test(text)) return languageMeant(text.replace(/-uk$/i, "-GB"));
  if (tag !== null && isKnown(tag)) return tag;
  return OF_COUNTRIES[text.toLowerCase()] ?? languageNamed(text);
}

function canonical(value: string): string | null {
  try {
    return Intl.getCanonicalLocales(value)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether a language exists. Accepts every three-letter code, since no list has names for all languages. */
function isKnown(tag: string): boolean {
  const [language = ""] = tag.toLowerCase().split("-");
  if (language.length === 3 || language === "i" || language === "x") return true;
  return language.length === 2 && ENGLISH.of(language) !== undefined;
}

const ENGLISH = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** Languages of countries, for country codes that aren't also language codes. */
const OF_COUNTRIES: Readonly<Record<string, string>> = {
  cn: "zh",
  cz: "cs",
  dk: "da",
  gr: "el",
  jp: "ja",
  kr: "ko",
  ua: "uk",
  us: "en-US",
  vn: "vi",
};

function nameIn(lang: string, code: string): string | null {
  return new Intl.DisplayNames([lang], { type: "language", fallback: "none" }).of(code) ?? null;
}

/** The code of a language by its English or native name: `german`, `Deutsch`. */
function languageNamed(name: string): string | null {
  const wanted = name.toLowerCase();
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const known = codes.filter((code) => ENGLISH.of(code) !== undefined);
  return (
    known.find((code) => ENGLISH.of(code)?.toLowerCase() === wanted) ??
    known.find((code) => nameIn(code, code)?.toLowerCase() === wanted) ??
    null
  );
}
