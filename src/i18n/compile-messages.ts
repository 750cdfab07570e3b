import { directionOf } from "../lib/content/scripts.ts";
import { directionOfText } from "../lib/content/text-direction.ts";
import { PLACEHOLDERS, type Messages, type MessageOverrides, type PluralForms } from "./messages.ts";
import type { Counted, Translations } from "./translations.ts";

type Group = Readonly<Record<string, unknown>>;

/**
 * Compiles the plain data of a language file to the texts and functions that pages use.
 * @param overrides texts that replace those of the file. @param lang language of the overrides, for plural forms.
 */
export function compileMessages(
  messages: Messages,
  overrides: MessageOverrides = {},
  lang: string = messages.lang,
): Translations {
  const known = compileGroup(messages, PLACEHOLDERS, messages.lang);
  const own = compileGroup(overrides, PLACEHOLDERS, lang);
  return mergeGroup(known, own) as Group & Translations;
}

/** Whether a value of a language file is a set of plural forms rather than a group of texts. */
export function isPluralForms(value: unknown): value is PluralForms {
  return isGroup(value) && typeof value["other"] === "string";
}

/** Whether a value is an object with keys, such as a group of texts or a set of plural forms. */
export function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Formats plural forms: `pluraliser("en")({ one: "# response", other: "# responses" })(3)` → `3 responses`. */
function pluraliser(lang: string): (forms: PluralForms) => Counted {
  const rules = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang);
  return (forms) => (count) =>
    (forms[rules.select(count)] ?? forms.other).replace("#", () => number.format(count));
}

function mergeGroup(own: Group, overrides: Group): Group {
  const merged: Record<string, unknown> = { ...own };
  for (const [key, value] of Object.entries(overrides)) {
    const known = own[key];
    merged[key] = isGroup(known) && isGroup(value) ? mergeGroup(known, value) : value;
  }
  return merged;
}

/**
 * Compiles a group of plain data to texts and functions.
 * @param placeholders names of the placeholders in the texts, as in {@link PLACEHOLDERS}. @param lang their language.
 */
export function compileGroup(group: Group, placeholders: unknown, lang: string): Group {
  const plural = pluraliser(lang);
  const names: Group = isGroup(placeholders) ? placeholders : {};
  return Object.fromEntries(
    Object.entries(group).map(([key, value]) => {
      const variables: unknown = Object.hasOwn(names, key) ? names[key] : undefined;
      if (typeof value === "string")
        return [key, Array.isArray(variables) ? template(value, variables, lang) : value];
      if (isPluralForms(value)) return [key, plural(value)];
      return [key, isGroup(value) ? compileGroup(value, variables, lang) : value];
    }),
  );
}

/**
 * Returns a function that fills in the placeholders; a placeholder without a value is kept. In right-to-left languages,
 * left-to-right values such as `C++` get bidi isolates, so that their punctuation stays in place.
 */
function template(text: string, names: readonly unknown[], lang: string): (...values: unknown[]) => string {
  const isRtl = directionOf(lang) === "rtl";
  return (...values) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const at = names.indexOf(name);
      if (at === -1) return whole;
      const value = String(values[at]);
      return isRtl && directionOfText(value, "rtl") === "ltr" ? `\u2068${value}\u2069` : value;
    });
}
