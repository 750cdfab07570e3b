import type { Counted } from "./translations.ts";

/** The forms that a language has; `other` always, `#` stands for the number. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** A counter for one language: `pluraliser("en")({ one: "# answer", other: "# answers" })(3)` → `3 answers`. */
export function pluraliser(lang: string): (forms: PluralForms) => Counted {
  const rules = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang);
  return (forms) => (count) => (forms[rules.select(count)] ?? forms.other).replace("#", number.format(count));
}
