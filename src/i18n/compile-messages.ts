import { directionOf } from "../lib/content/scripts.ts";
import { directionOfText } from "../lib/content/text-direction.ts";
import { PLACEHOLDERS, type Messages, type MessageOverrides, type PluralForms } from "./messages.ts";
import type { Counted, Translations } from "./translations.ts";

type Group = Readonly<Record<string, unknown>>;

/**
 * Turns the plain data of a language file into the functions and texts that pages use.
 * @param overrides texts that replace those of the file. @param lang their language, by whose plural forms they go.
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

/** Whether a value of a language file is a set of plural forms and not a group of texts. */
export function isPluralForms(value: unknown): value is PluralForms {
  return isGroup(value) && typeof value["other"] === "string";
}

/** Whether a value is a group of texts, or another object with keys. */
export function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A formatter of plural forms: `pluraliser("en")({ one: "# response", other: "# responses" })(3)` → `3 responses`. */
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
 * Turns a group of plain data into functions and texts.
 * @param placeholders names of the placeholders of its texts, as in {@link PLACEHOLDERS}. @param lang language of its texts.
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
 * A function of the placeholders' values; a placeholder without a value stays as it is. In a text that is written from
 * right to left, a value that isn't, such as `C++`, is isolated, so that its signs stay where they are.
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
