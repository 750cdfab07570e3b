import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { ja } from "./ja.ts";
import type { Translations } from "./translations.ts";

const languages: ReadonlyMap<string, Translations> = new Map(
  [en, de, es, fr, ja, ar].map((words) => [words.lang, words]),
);

/** Whether the interface speaks a language; regions and scripts don't matter. */
export function hasWords(lang: string): boolean {
  return languages.has(languageOf(lang));
}

/** The words of a language (BCP 47), English when there are none. */
export function translationsFor(lang: string): Translations {
  return languages.get(languageOf(lang)) ?? en;
}

const knownLanguages = new Map<string, string>();

function languageOf(lang: string): string {
  const known = knownLanguages.get(lang);
  if (known !== undefined) return known;
  const { language } = new Intl.Locale(lang);
  knownLanguages.set(lang, language);
  return language;
}

/**
 * The words inside a post: those of the post's own language when the interface speaks it, else the site's, so that
 * a German text doesn't stand below an English date when it needn't.
 */
export function wordsForPost(postLang: string, siteLang: string): Translations {
  return translationsFor(hasWords(postLang) ? postLang : siteLang);
}

/** What somebody answers to an invitation, in words: `yes` → `Coming`. */
export function rsvpWord({ post }: Translations, value: string): string {
  const known: Readonly<Record<string, string>> = post.rsvps;
  return known[value] ?? value;
}
