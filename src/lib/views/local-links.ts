/** Links and texts of the shell on pages in a language other than the blog's own. */
import { translationsFor } from "../../i18n/translations-for.ts";
import type { Page } from "../content/model.ts";
import { languageGroup } from "../site/language-group.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { ViewInput } from "./context.ts";
import { isHomeText } from "./home-text.ts";
import type { LinkView } from "./site-view.ts";

/** Whether title and description are in the language of these pages. */
export function hasOwnTitle({ blog, context: { languages } }: ViewInput): boolean {
  if (languages === undefined) return true;
  const { title, description, prefix } = languages.here.language;
  const isDescribed = description !== null || blog.settings.description === "";
  return prefix === "" || (title !== null && isDescribed);
}

/**
 * Replacements for links of the blog's menu in another language: lists with their names in it, and translations of
 * pages. Keys are the addresses of the author's links. Empty for the blog's own language.
 */
export function localLinks({ blog, context }: ViewInput, lang: string): ReadonlyMap<string, LinkView> {
  const { languages, urls } = context;
  if (languages === undefined || languages.here.language.prefix === "") return new Map();
  const { sites, here } = languages;
  const main = sites.all[0]?.urls ?? urls;
  const { shell, list } = translationsFor({ lang, words: blog.settings.words });
  const lists: readonly (readonly [string, (of: SiteUrls) => string])[] = [
    [shell.posts, (of) => of.postsPath()],
    [shell.tags, (of) => of.tagsPath()],
    [shell.authors, (of) => of.authorsPath()],
    [shell.archive, (of) => of.archivePath()],
    [shell.subscribe, (of) => of.subscribePath()],
    ...(blog.series.length > 0 ? [[shell.series, (of: SiteUrls) => of.seriesIndexPath()] as const] : []),
    ...(blog.settings.people.isOn ? [[shell.people, (of: SiteUrls) => of.peoplePath()] as const] : []),
    ...(blog.posts.some(({ kind }) => kind === "note")
      ? [[list.notes, (of: SiteUrls) => of.notesPath()] as const]
      : []),
  ];
  const translated = sites.whole.pages.flatMap((page): [string, LinkView][] => {
    const version = sites
      .translationsOf(page)
      .find((other) => languageGroup(other.lang) === here.language.group);
    if (version === undefined || version === page) return [];
    const href = urls.path(urls.pagePath(version.slug));
    return [[urls.path(urls.pagePath(page.slug)), { label: version.title, href }]];
  });
  return new Map([
    ...lists.map(([label, pathOf]): [string, LinkView] => [
      urls.path(pathOf(main)),
      { label, href: urls.path(pathOf(urls)) },
    ]),
    ...translated,
  ]);
}

/** Whether a link of the menu leads to a list that is empty in the language of these pages. */
export function isListMissing({ blog, context: { languages, urls } }: ViewInput, href: string): boolean {
  if (languages === undefined || languages.here.language.prefix === "") return false;
  const main = languages.sites.all[0]?.urls ?? urls;
  const hasNotes = blog.posts.some(({ kind }) => kind === "note");
  return (
    (blog.series.length === 0 && href === urls.path(main.seriesIndexPath())) ||
    (!hasNotes && href === urls.path(main.notesPath()))
  );
}

/** The author's pages to link to: those in this language, then those in the blog's own without a version in it. */
export function pagesFor({ blog, context: { languages } }: ViewInput): readonly Page[] {
  const own = blog.pages.filter((page) => !isHomeText(page));
  if (languages === undefined || languages.here.language.prefix === "") return own;
  const { sites, here } = languages;
  const main = sites.all[0]?.blog.pages ?? [];
  const isMissing = (page: Page): boolean =>
    !sites.translationsOf(page).some(({ lang }) => languageGroup(lang) === here.language.group);
  return [...own, ...main.filter((page) => !isHomeText(page) && isMissing(page))];
}
