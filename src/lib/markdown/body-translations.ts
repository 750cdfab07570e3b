import { NO_OWN_WORDS, type OwnWords } from "../../i18n/messages.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { Translations } from "../../i18n/translations.ts";

/** Text that rendering adds to a body, in the language of the post. */
export type BodyTranslations = Translations["body"];

/** Texts for a body in its language (BCP 47), overridden by the author's own; English if there is no translation. */
export function markupWords({ lang, words = NO_OWN_WORDS }: BodyLanguage): BodyTranslations {
  return translationsFor({ lang, words }).body;
}

interface BodyLanguage {
  readonly lang: string;
  readonly words?: OwnWords | undefined;
}
