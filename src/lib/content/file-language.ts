/** Languages in file names, as in Hugo and other generators: `post.de.md` next to `post.md`. */
import { isLanguage } from "../site/language-tag.ts";

/** A file name split into stem and language. */
export interface LanguageSuffix {
  readonly stem: string;
  /** BCP 47. */
  readonly lang: string;
}

/**
 * The language at the end of a file's name (without its extension). Three-letter language codes are ignored, since
 * `old` and `bak` are among them.
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
 * Language suffixes of files that are versions of one text, by file name. `taz.de` alone isn't one; next to `taz` or
 * `taz.fr` it's the German version. `index.de` and `home.de` always are.
 * @param names names (without extensions) of all texts in a folder.
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
