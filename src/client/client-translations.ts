import { compileMessages } from "../i18n/compile-messages.ts";
import type { MessageOverrides, Messages } from "../i18n/messages.ts";
import type { Translations } from "../i18n/translations.ts";

const files = import.meta.glob<Record<string, Messages>>("../i18n/languages/*.ts");

/**
 * The texts of the page's language with the author's own words, loaded when something that needs them is opened. The
 * page names its language file where that isn't its `lang`.
 */
export async function clientWords(): Promise<Translations> {
  const { lang, dataset } = document.documentElement;
  // The names end with .ts in the repository and with .js in the package.
  const file = Object.keys(files).find((name) => name.includes(`/${dataset["words"] ?? lang}.`)) ?? "";
  const [messages] = Object.values((await files[file]?.()) ?? {});
  if (messages === undefined) throw new Error("No texts of the interface");
  const own = document.getElementById("ownWords")?.textContent ?? "{}";
  return compileMessages(messages, JSON.parse(own) as MessageOverrides, lang);
}
