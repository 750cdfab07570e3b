import type { Direction, Page, Post } from "../content/model.ts";
import { languageNames } from "../site/language-group.ts";
import type { ViewInput } from "./context.ts";

/** A link to a translation of a post or page, labeled with the language's own name. */
export interface TranslationView {
  readonly name: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly href: string;
}

/** The versions of a text in other languages, sorted by language tag. */
export function translationLinks(
  { context: { urls, languages } }: ViewInput,
  text: Post | Page,
): readonly TranslationView[] {
  const versions = languages?.sites.translationsOf(text) ?? [];
  const sorted = [...versions].sort((a, b) => (a.lang < b.lang ? -1 : 1));
  const names = languageNames(sorted.map(({ lang }) => lang));
  return sorted.flatMap((version, at) => {
    if (version === text) return [];
    const { lang, dir, slug } = version;
    const path = "path" in version ? urls.postPath(slug) : urls.pagePath(slug);
    return { name: names[at] ?? lang, lang, dir, href: urls.path(path) };
  });
}
