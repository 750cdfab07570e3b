import type { Words } from "../words/words.ts";
import { wordsOf } from "../words/words-of.ts";

/** What the engine itself says inside a body, to readers, in the language of the post. */
export type MarkupWords = Words["body"];

/** Words for a BCP 47 language; English for languages that have none. */
export function markupWords(lang: string): MarkupWords {
  return wordsOf(lang).body;
}
