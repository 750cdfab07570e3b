import { compileMessages } from "../i18n/compile-messages.ts";
import type { MessageOverrides, Messages } from "../i18n/messages.ts";
import type { Translations } from "../i18n/translations.ts";

const files = import.meta.glob<Record<string, Messages>>("../i18n/languages/*.ts");

/**
 * Loads the interface texts of the page's language, with the author's overrides. The language file is named by
 * `data-words` if it differs from the page's `lang`.
 */
export async function clientWords(): Promise<Translations> {
  const { lang, dataset } = document.documentElement;
  // File names end with .ts in the repository and with .js in the package.
  const file = Object.keys(files).find((name) => name.includes(`/${dataset["words"] ?? lang}.`)) ?? "";
  const [messages] = Object.values((await files[file]?.()) ?? {});
  if (messages === undefined) throw new Error("No texts of the interface");
  const own = document.getElementById("ownWords")?.textContent ?? "{}";
  return compileMessages(messages, JSON.parse(own) as MessageOverrides, lang);
}
