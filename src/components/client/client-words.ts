import type { Words } from "../../lib/words/words.ts";

const languages = import.meta.glob<Record<string, Words>>("../../lib/words/??.ts");

/** The words of the page's language, fetched when something that needs them is opened; English when there are none. */
export async function clientWords(): Promise<Words> {
  const { language } = new Intl.Locale(document.documentElement.lang || "en");
  const load = languages[`../../lib/words/${language}.ts`] ?? languages["../../lib/words/en.ts"];
  const words = Object.values((await load?.()) ?? {})[0];
  if (words === undefined) throw new Error("The words of the interface are missing");
  return words;
}
