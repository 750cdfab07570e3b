import { languageGroup } from "../site/language-group.ts";
import type { ContentFile } from "./folder-entries.ts";

/** A file with what the language in its name means for its address. */
export interface TextFile extends ContentFile {
  /** Its name without a language, for addresses. */
  readonly stem: string;
  /** Language by the file's name; null when that's the blog's. */
  readonly lang: string | null;
  /** What all versions of the text share; null for a text without other versions. */
  readonly tie: string | null;
}

/**
 * A post or note whose file may name a language: `hello.de.md` is `hello.de`, at `/de/posts/hello/`. The version in the
 * blog's language is plain `hello`.
 */
export function postVersionOf(file: ContentFile, blogLang: string): TextFile {
  const { stem, lang, tie } = parts(file, blogLang);
  return { ...file, name: lang === null ? stem : `${stem}.${lang.toLowerCase()}`, stem, lang, tie };
}

/** A page whose file may name a language: `about.de.md` is `de/about`, at `/de/about/`. */
export function pageVersionOf(file: ContentFile, blogLang: string): TextFile {
  const { stem, lang, tie } = parts(file, blogLang);
  return { ...file, name: lang === null ? stem : `${languageGroup(lang)}/${stem}`, stem, lang, tie };
}

function parts({ name, version }: ContentFile, blogLang: string): Pick<TextFile, "stem" | "lang" | "tie"> {
  const written = version?.lang ?? null;
  const isOwn = written === null || languageGroup(written) === languageGroup(blogLang);
  return { stem: name, lang: isOwn ? null : written, tie: version?.tie ?? null };
}
