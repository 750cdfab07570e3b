import type { Direction, Page, Post } from "../content/model.ts";
import { languageNames } from "../site/language-group.ts";
import type { ViewInput } from "./context.ts";

/** A translation of a post or page, by the name of its language in itself. */
export interface TranslationView {
  readonly name: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly href: string;
}

/** The other languages of a text, in the order of their tags. */
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
