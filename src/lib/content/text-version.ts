import { languageGroup } from "../site/language-group.ts";
import type { ContentFile } from "./folder-entries.ts";

/** A file with the parts of its name that determine its language and address. */
export interface TextFile extends ContentFile {
  /** Its name without a language, for addresses. */
  readonly stem: string;
  /** Language from the file's name; null if that's the blog's. */
  readonly lang: string | null;
  /** Key shared by all versions of the text; null for a text without other versions. */
  readonly tie: string | null;
}

/**
 * Version of a post or note whose file name can contain a language: `hello.de.md` is named `hello.de`, at
 * `/de/posts/hello/`. The version in the blog's language is named `hello`.
 */
export function postVersionOf(file: ContentFile, blogLang: string): TextFile {
  const { stem, lang, tie } = parts(file, blogLang);
  return { ...file, name: lang === null ? stem : `${stem}.${lang.toLowerCase()}`, stem, lang, tie };
}

/** Version of a page whose file name can contain a language: `about.de.md` is named `de/about`, at `/de/about/`. */
export function pageVersionOf(file: ContentFile, blogLang: string): TextFile {
  const { stem, lang, tie } = parts(file, blogLang);
  return { ...file, name: lang === null ? stem : `${languageGroup(lang)}/${stem}`, stem, lang, tie };
}

function parts({ name, version }: ContentFile, blogLang: string): Pick<TextFile, "stem" | "lang" | "tie"> {
  const written = version?.lang ?? null;
  const isOwn = written === null || languageGroup(written) === languageGroup(blogLang);
  return { stem: name, lang: isOwn ? null : written, tie: version?.tie ?? null };
}
