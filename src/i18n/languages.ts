/** Languages of the interface, one file each. See docs/languages.md for how to add one. */
import { ar } from "./languages/ar.ts";
import { cs } from "./languages/cs.ts";
import { da } from "./languages/da.ts";
import { de } from "./languages/de.ts";
import { enGb } from "./languages/en-GB.ts";
import { en } from "./languages/en.ts";
import { es } from "./languages/es.ts";
import { fa } from "./languages/fa.ts";
import { fr } from "./languages/fr.ts";
import { he } from "./languages/he.ts";
import { hi } from "./languages/hi.ts";
import { id } from "./languages/id.ts";
import { it } from "./languages/it.ts";
import { ja } from "./languages/ja.ts";
import { ko } from "./languages/ko.ts";
import { nl } from "./languages/nl.ts";
import { pl } from "./languages/pl.ts";
import { ptBr } from "./languages/pt-BR.ts";
import { ru } from "./languages/ru.ts";
import { sv } from "./languages/sv.ts";
import { tr } from "./languages/tr.ts";
import { uk } from "./languages/uk.ts";
import { vi } from "./languages/vi.ts";
import { zhHans } from "./languages/zh-Hans.ts";
import { zhHant } from "./languages/zh-Hant.ts";
import type { Messages } from "./messages.ts";

/** The first language is the fallback for blogs in a language without a translation. */
export const LANGUAGES = {
  en,
  ar,
  cs,
  da,
  de,
  enGb,
  es,
  fa,
  fr,
  he,
  hi,
  id,
  it,
  ja,
  ko,
  nl,
  pl,
  ptBr,
  ru,
  sv,
  tr,
  uk,
  vi,
  zhHans,
  zhHant,
} as const satisfies Record<string, Messages>;
