/** Languages in the names of files, as Hugo and others write them: `post.de.md` beside `post.md`. */
import { isLanguage } from "../site/language-tag.ts";

/** A name without its language. */
export interface LanguageSuffix {
  readonly stem: string;
  /** BCP 47. */
  readonly lang: string;
}

/**
 * The language at the end of a file's name (without its extension). Languages of three letters don't count: `old` and
 * `bak` are among them.
 */
export function languageSuffix(name: string): LanguageSuffix | null {
  const match = /^(.+)\.([A-Za-z]{2}(?:[-_][A-Za-z0-9]{2,8}){0,2})$/.exec(name);
  const [, stem, written] = match ?? [];
  if (stem === undefined || written === undefined) return null;
  const tag = written.replaceAll("_", "-");
  if (!isLanguage(tag)) return null;
  return { stem, lang: Intl.getCanonicalLocales(tag)[0] ?? tag };
}

/**
 * Languages of files that are versions of one text, by the names (without extensions) of all texts in a folder. A name
 * alone, such as `taz.de`, is a name; beside `taz` it's the German version. `index.de` and `home.de` can be nothing else.
 */
export function languagesIn(names: readonly string[]): ReadonlyMap<string, LanguageSuffix> {
  const all = new Set(names);
  const suffixes = names.flatMap((name) => {
    const suffix = languageSuffix(name);
    return suffix === null ? [] : [[name, suffix] as const];
  });
  return new Map(
    suffixes.filter(
      ([name, { stem }]) =>
        stem === "index" || stem === "home" || all.has(stem) || suffixes.some(([other, { stem: own }]) => own === stem && other !== name),
    ),
  );
}
