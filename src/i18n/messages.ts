import type { Counted, Translations } from "./translations.ts";

/** Plural forms of one text in a language (`Intl.PluralRules`); `#` stands for the number. `other` is required. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A text without variables, plural forms, a text with `{placeholders}`, or a group of these. */
export type MessageOf<T> = T extends string
  ? T
  : T extends (...args: infer Args) => string
    ? Args extends Parameters<Counted>
      ? PluralForms
      : string
    : { readonly [Key in keyof T]: MessageOf<T[Key]> };

/** Contents of a language file: the keys of {@link Translations} as plain data. A missing key is a type error. */
export type Messages = MessageOf<Translations>;

/** The groups of a language file, without the keys that identify the language. */
export type MessageGroups = Omit<Messages, "lang" | "dir" | "name">;

/** Partial {@link MessageGroups} that override the texts of a language. */
export type MessageOverrides = PartialGroup<MessageGroups>;

type PartialGroup<T> = T extends string | PluralForms
  ? T
  : { readonly [Key in keyof T]?: PartialGroup<T[Key]> | undefined };

/** An author's own texts by language tag; see `content/words.yaml`. */
export type OwnWords = Readonly<Record<string, MessageOverrides>>;

/** The value for a blog without `content/words.yaml`. */
export const NO_OWN_WORDS: OwnWords = {};

type TemplatesOf<Group> = {
  readonly [
    Key in keyof Group as Group[Key] extends (...args: infer Args) => string
      ? Args extends Parameters<Counted>
        ? never
        : Key
      : never
  ]: Group[Key] extends (...args: infer Args) => string ? { readonly [At in keyof Args]: string } : never;
};

type Placeholders = {
  readonly [
    Group in keyof Translations as keyof TemplatesOf<Translations[Group]> extends never
      ? never
      : Translations[Group] extends string
        ? never
        : Group
  ]: TemplatesOf<Translations[Group]>;
};

/** Names of the placeholders in texts with variables, in the order of the arguments. */
export const PLACEHOLDERS: Placeholders = {
  shell: { madeWith: ["name"] },
  post: { seriesPart: ["part", "of"], moreBy: ["name"] },
  conversation: {
    titleFor: ["title"],
    firstOf: ["shown", "total"],
    replyingTo: ["name"],
    replyTo: ["name"],
    replyOn: ["network"],
    via: ["host"],
    page: ["page", "of"],
    pageTitle: ["title", "page"],
  },
  list: {
    page: ["page", "of"],
    tagged: ["tag"],
    taggedIntro: ["tag"],
    postsBy: ["name"],
    archiveIntro: ["posts", "years"],
    byYear: ["year"],
  },
  receiver: { tooLong: ["count"] },
  people: { personIntro: ["name"] },
  missing: { goneText: ["date"] },
  finder: { nothing: ["query"], inexact: ["word"] },
  body: {
    note: ["number"],
    backToNote: ["reference"],
    linkTo: ["heading"],
    table: ["number"],
    playVideo: ["title"],
    playsFrom: ["provider"],
    sample: ["count"],
    source: ["name"],
  },
};
