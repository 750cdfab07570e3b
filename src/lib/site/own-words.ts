import path from "node:path";
import { isGroup, isPluralForms } from "../../i18n/compile-messages.ts";
import { LANGUAGES } from "../../i18n/languages.ts";
import { NO_OWN_WORDS, PLACEHOLDERS, type MessageOverrides, type OwnWords } from "../../i18n/messages.ts";
import { languageKey } from "../../i18n/translations-for.ts";
import type { AuthorIssue } from "../author-error.ts";
import { didYouMean } from "../did-you-mean.ts";
import { readYaml, type YamlSource } from "../yaml/source.ts";
import { readTextIfThere } from "./read-text.ts";
import { isLanguage } from "./values.ts";

export interface LoadedWords {
  readonly words: OwnWords;
  readonly issues: readonly AuthorIssue[];
}

const { lang: _lang, dir: _dir, name: _name, ...GROUPS } = LANGUAGES.en;
const FORMS = ["zero", "one", "two", "few", "many", "other"];

/**
 * Reads `words.yaml`: texts that replace interface texts. Groups at the top level are for the blog's language, groups
 * under a language tag for that language.
 * @param contentDir the author's folder, absolute.
 * @param root folder that paths in messages are relative to, absolute.
 */
export function findOwnWords(
  { contentDir, root }: { contentDir: string; root: string },
  lang: string,
): LoadedWords {
  const absolute = path.join(contentDir, "words.yaml");
  const text = readTextIfThere(absolute);
  if (text === null) return { words: NO_OWN_WORDS, issues: [] };
  return readOwnWords(text, path.relative(root, absolute).split(path.sep).join("/"), lang);
}

/** Parses the text of a `words.yaml`. @param lang the blog's language. */
export function readOwnWords(text: string, file: string, lang: string): LoadedWords {
  const source = readYaml(text.replace(/^\uFEFF/, ""), file);
  if (source.issues.length > 0) return { words: NO_OWN_WORDS, issues: source.issues };
  if (source.data === null) return { words: NO_OWN_WORDS, issues: [] };
  const check = new WordsCheck(source);
  if (!isGroup(source.data)) {
    check.report(
      [],
      "The file should contain groups of texts",
      "For example:\nconversation:\n  title: Letters",
    );
    return { words: NO_OWN_WORDS, issues: check.issues };
  }
  const found = new Map<string, MessageOverrides>();
  const top: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source.data)) {
    if (Object.hasOwn(GROUPS, key) || !isLanguageTag(key) || !isGroup(value)) top[key] = value;
    else found.set(languageKey(key), check.group(value, GROUPS, PLACEHOLDERS, [key]));
  }
  const own = check.group(top, GROUPS, PLACEHOLDERS, []);
  const key = languageKey(lang);
  if (Object.keys(own).length > 0) found.set(key, { ...found.get(key), ...own });
  return check.issues.length > 0
    ? { words: NO_OWN_WORDS, issues: check.issues }
    : { words: Object.fromEntries(found), issues: [] };
}

function isLanguageTag(key: string): boolean {
  return /^[a-z]{2,3}(-|$)/i.test(key) && isLanguage(key);
}

/** Compares an author's texts with the American English ones, and collects errors. */
class WordsCheck {
  readonly issues: AuthorIssue[] = [];
  readonly #source: YamlSource;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  report(at: readonly string[], message: string, hint: string): void {
    this.issues.push({ message, file: this.#source.file, line: this.#source.lineOf(at), hint });
  }

  /** The valid entries of a group. */
  group(
    own: Readonly<Record<string, unknown>>,
    known: Readonly<Record<string, unknown>>,
    placeholders: unknown,
    at: readonly string[],
  ): Record<string, unknown> {
    const right: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(own)) {
      const here = [...at, key];
      const original = Object.hasOwn(known, key) ? known[key] : undefined;
      if (original === undefined) this.#unknownKey(here, Object.keys(known));
      else if (value !== null) {
        const variables = isGroup(placeholders) && Object.hasOwn(placeholders, key) ? placeholders[key] : [];
        const checked = this.#entry(value, original, variables, here);
        if (checked !== undefined) right[key] = checked;
      }
    }
    return right;
  }

  #entry(value: unknown, original: unknown, variables: unknown, at: readonly string[]): unknown {
    if (isPluralForms(original)) return this.#forms(value, original, at);
    if (isGroup(original)) {
      if (isGroup(value)) return this.group(value, original, variables, at);
      const keys = Object.keys(original).join(", ");
      this.report(at, `\`${at.join(".")}\` should be a group of texts`, `It contains: ${keys}.`);
      return undefined;
    }
    if (typeof value !== "string") {
      const example = `${at.at(-1)}: ${JSON.stringify(isGroup(value) ? String(original) : String(value))}`;
      this.report(at, `\`${at.join(".")}\` should be text`, `Put it in quotes:\n${example}`);
      return undefined;
    }
    return this.#placeholders(value, Array.isArray(variables) ? variables.map(String) : [], at);
  }

  /** Checks plural forms, or a single text for all numbers. */
  #forms(value: unknown, original: { other: string }, at: readonly string[]): unknown {
    if (typeof value === "string") return { other: value };
    const example = `${at.at(-1)}: ${JSON.stringify(original).replaceAll('"', "'").replaceAll("'", '"')}`;
    if (!isGroup(value) || typeof value["other"] !== "string") {
      this.report(at, `\`${at.join(".")}\` needs at least the form \`other\``, `For example:\n${example}`);
      return undefined;
    }
    for (const [form, text] of Object.entries(value)) {
      const here = [...at, form];
      if (!FORMS.includes(form)) this.#unknownKey(here, FORMS);
      else if (typeof text !== "string")
        this.report(here, `\`${here.join(".")}\` should be text`, `For example:\n${example}`);
      else this.#placeholders(text, [], here);
    }
    return value;
  }

  #placeholders(text: string, names: readonly string[], at: readonly string[]): string {
    for (const [whole, name = ""] of text.matchAll(/\{(\w+)\}/g)) {
      if (names.includes(name)) continue;
      const meant = didYouMean(name, names);
      const hint =
        names.length === 0
          ? `This text has no placeholders. Write it without ${whole}.`
          : `${meant === null ? "" : `Did you mean {${meant}}? `}Placeholders here: ${names.map((one) => `{${one}}`).join(", ")}.`;
      this.report(at, `${whole} isn't a placeholder of \`${at.join(".")}\``, hint);
    }
    return text;
  }

  #unknownKey(at: readonly string[], known: readonly string[]): void {
    const key = at.at(-1) ?? "";
    const meant = didYouMean(key, known);
    const hint = meant === null ? `Known here: ${known.join(", ")}.` : `Did you mean \`${meant}\`?`;
    this.report(at, `\`${at.join(".")}\` isn't an interface text`, hint);
  }
}
