import type { Translations } from "../i18n/translations.ts";

const languages = import.meta.glob<Record<string, Translations>>("../i18n/??.ts");

/** The words of the page's language, fetched when something that needs them is opened; English when there are none. */
export async function clientWords(): Promise<Translations> {
  const { language } = new Intl.Locale(document.documentElement.lang || "en");
  const load = languages[`../../lib/words/${language}.ts`] ?? languages["../i18n/en.ts"];
  const words = Object.values((await load?.()) ?? {})[0];
  if (words === undefined) throw new Error("The words of the interface are missing");
  return words;
}
