import { memoizeWeak } from "../lib/memoize-weak.ts";
import { compileMessages } from "./compile-messages.ts";
import { LANGUAGES } from "./languages.ts";
import type { Messages, OwnWords } from "./messages.ts";
import type { Translations } from "./translations.ts";

/** A language and the author's overrides, as in the settings or in the `site` part of a view. */
export interface WordsSource {
  /** BCP 47 tag. */
  readonly lang: string;
  /** Texts of `content/words.yaml` by language. */
  readonly words: OwnWords;
}

/** Whether the interface is translated into a language; unknown regions and scripts are ignored. */
export function hasTranslations(lang: string): boolean {
  return messagesFor(lang) !== null;
}

/** The interface texts of a language with the author's overrides; falls back to English. */
export function translationsFor({ lang, words }: WordsSource): Translations {
  const known = compiledOf(words);
  const found = known.get(lang);
  if (found !== undefined) return found;
  const messages = messagesFor(lang) ?? LANGUAGES.en;
  const made = compileMessages(messages, words[languageKey(lang)], lang);
  known.set(lang, made);
  return made;
}

/** The key in {@link OwnWords} for a language: the tag of its language file, else the tag itself. */
export function languageKey(lang: string): string {
  return messagesFor(lang)?.lang ?? lang;
}

/** Translations by language, cached per overrides. Compares by value, since each page's view has its own copy. */
const compiledOf = memoizeWeak((words: OwnWords): Map<string, Translations> => {
  const text = JSON.stringify(words);
  const known = compiledByText.get(text) ?? new Map<string, Translations>();
  compiledByText.set(text, known);
  return known;
});
const compiledByText = new Map<string, Map<string, Translations>>();

const byTag: ReadonlyMap<string, Messages> = new Map(
  Object.values(LANGUAGES).map((messages: Messages) => [messages.lang.toLowerCase(), messages]),
);

/** The messages of a language, looked up by the whole tag, by region, by script or likely script, then by language. */
function messagesFor(lang: string): Messages | null {
  const known = messagesByLang.get(lang);
  if (known !== undefined) return known;
  const found = findMessages(lang);
  messagesByLang.set(lang, found);
  return found;
}

const messagesByLang = new Map<string, Messages | null>();

function findMessages(lang: string): Messages | null {
  const { language, script, region } = new Intl.Locale(lang);
  const likely = new Intl.Locale(lang).maximize();
  const candidates = [
    lang,
    ...(region === undefined ? [] : [`${language}-${region}`]),
    `${language}-${script ?? likely.script ?? ""}`,
    language === "no" ? "nb" : language,
    ...(language === "pt" ? ["pt-BR"] : []),
  ];
  for (const tag of candidates) {
    const found = byTag.get(tag.toLowerCase());
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * Texts for the page of a post: in the post's language if the interface is translated into it, else in the site's.
 */
export function translationsForPost(postLang: string, site: WordsSource): Translations {
  return translationsFor(hasTranslations(postLang) ? { ...site, lang: postLang } : site);
}

/** The value of an RSVP in words: `yes` → `Going`. */
export function rsvpWord({ post }: Translations, value: string): string {
  const known: Readonly<Record<string, string>> = post.rsvps;
  return known[value] ?? value;
}
