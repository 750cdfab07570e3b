import type { Translations } from "../../i18n/translations.ts";
import { translationsFor } from "../../i18n/translations-for.ts";

/** What the engine itself says inside a body, to readers, in the language of the post. */
export type BodyTranslations = Translations["body"];

/** Words for a BCP 47 language; English for languages that have none. */
export function markupWords(lang: string): BodyTranslations {
  return translationsFor(lang).body;
}
