/**
 * Texts of the receiver's pages for its operator, one file per language. They are separate from the language files,
 * which readers download with the search dialog.
 */
import { compileGroup } from "./compile-messages.ts";
import type { MessageOf } from "./messages.ts";
import { ar } from "./moderation/ar.ts";
import { cs } from "./moderation/cs.ts";
import { da } from "./moderation/da.ts";
import { de } from "./moderation/de.ts";
import { en } from "./moderation/en.ts";
import { es } from "./moderation/es.ts";
import { fa } from "./moderation/fa.ts";
import { fr } from "./moderation/fr.ts";
import { he } from "./moderation/he.ts";
import { hi } from "./moderation/hi.ts";
import { id } from "./moderation/id.ts";
import { it } from "./moderation/it.ts";
import { ja } from "./moderation/ja.ts";
import { ko } from "./moderation/ko.ts";
import { nl } from "./moderation/nl.ts";
import { pl } from "./moderation/pl.ts";
import { ptBr } from "./moderation/pt-BR.ts";
import { ru } from "./moderation/ru.ts";
import { sv } from "./moderation/sv.ts";
import { tr } from "./moderation/tr.ts";
import { uk } from "./moderation/uk.ts";
import { vi } from "./moderation/vi.ts";
import { zhHans } from "./moderation/zh-Hans.ts";
import { zhHant } from "./moderation/zh-Hant.ts";
import type { Translations } from "./translations.ts";

export interface ModerationWords {
  readonly title: string;
  /** Label of the list with the next three. */
  readonly status: string;
  readonly waiting: string;
  readonly approved: string;
  readonly spam: string;
  /** Precedes the title of the mentioned post. */
  readonly mentionOf: string;
  /** Precedes the address of a person. */
  readonly profile: string;
  /** Precedes the address of the page that links to the post. */
  readonly source: string;
  readonly approve: string;
  readonly hold: string;
  readonly delete: string;
  readonly spamAndBlock: (host: string) => string;
  readonly rules: string;
  readonly domain: string;
  readonly block: string;
  readonly remove: string;
  readonly notADomain: string;
  readonly signIn: string;
  readonly signOut: string;
  readonly signInAgain: string;
  readonly token: string;
  readonly wrongToken: string;
  readonly usePasskey: string;
  readonly unknownPasskey: string;
  readonly passkeyUnused: string;
  readonly passkeyThere: string;
  /** Title of the page of passkeys and apps. */
  readonly access: string;
  readonly passkeys: string;
  readonly noPasskeys: string;
  readonly addPasskey: string;
  readonly passkeyName: string;
  readonly passkeyAuthor: string;
  readonly notAnAuthor: string;
  readonly badPasskey: string;
  readonly author: (name: string) => string;
  readonly added: (date: string) => string;
  readonly used: (date: string) => string;
  readonly unused: string;
  readonly apps: string;
  readonly noApps: string;
  readonly revoke: string;
  readonly allowTitle: (app: string) => string;
  /** Precedes an address, like the next four. */
  readonly appAddress: string;
  readonly appPage: string;
  /** Warning about the app's page. */
  readonly otherSite: string;
  readonly redirect: string;
  readonly you: string;
  readonly nothingKnown: string;
  readonly permissions: string;
  /** Permissions of an app. */
  readonly scopes: {
    readonly profile: string;
    readonly create: string;
    readonly draft: string;
    readonly update: string;
    readonly delete: string;
    readonly undelete: string;
    readonly media: string;
  };
  readonly noScopes: string;
  readonly allow: string;
  readonly deny: string;
  readonly tooLate: string;
  /** Precedes the blog's address on the receiver's start page. */
  readonly about: string;
}

/** Contents of a file: the keys of {@link ModerationWords} as plain data. */
export type ModerationMessages = MessageOf<ModerationWords>;

/** Texts by the tag of the language. */
export const MODERATION: Readonly<Record<string, ModerationMessages>> = {
  en,
  ar,
  cs,
  da,
  de,
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
  "pt-BR": ptBr,
  ru,
  sv,
  tr,
  uk,
  vi,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
};

/** Names of the placeholders in texts with variables. */
export const MODERATION_PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = {
  spamAndBlock: ["host"],
  author: ["name"],
  added: ["date"],
  used: ["date"],
  allowTitle: ["app"],
};

const compiled = new Map<string, ModerationWords>();

/** The operator's texts in the language of `Translations`; English if there is no translation. */
export function moderationWords({ lang }: Pick<Translations, "lang">): ModerationWords {
  const known = compiled.get(lang);
  if (known !== undefined) return known;
  const group = compileGroup(MODERATION[lang] ?? en, MODERATION_PLACEHOLDERS, lang);
  const words = group as typeof group & ModerationWords;
  compiled.set(lang, words);
  return words;
}
