import { languageUrls } from "../site/language-urls.ts";
import { newsletterIn } from "../site/newsletter.ts";
import type { SiteUrls } from "../site/urls.ts";
import { alternatesOf, type Alternates } from "./alternates.ts";
import { blogLanguages, isListedIn, type BlogLanguage } from "./languages.ts";
import type { Blog, Page, Post } from "./model.ts";
import { translationGroups } from "./translations.ts";

/** A blog in one of its languages. */
export interface LanguageSite {
  readonly language: BlogLanguage;
  /** The blog with the posts, pages and settings of this language; everything else is shared. */
  readonly blog: Blog;
  readonly urls: SiteUrls;
}

/** A blog divided by language. */
export interface LanguageSites {
  /** The blog's own language first. A single entry means that the blog isn't divided. */
  readonly all: readonly LanguageSite[];
  /** The whole blog. */
  readonly whole: Blog;
  /** Versions of posts, pages and lists in other languages by site path. */
  readonly alternates: ReadonlyMap<string, Alternates>;
  /** All versions of a post or page, including itself; empty if it has no translations. */
  translationsOf(text: Post | Page): readonly (Post | Page)[];
}

/**
 * Divides a blog by language. Texts in a language without its own lists stay with the blog's own language.
 * @param urls URLs of the blog's own language.
 */
export function languageSites(blog: Blog, urls: SiteUrls): LanguageSites {
  const languages = blogLanguages(blog.settings, blog.posts);
  const postGroups = translationGroups(blog.posts);
  const pageGroups = translationGroups(blog.pages);
  const groupOf = new Map([...postGroups, ...pageGroups].flatMap((group) => group.map((text) => [text, group])));
  const translationsOf = (text: Post | Page): readonly (Post | Page)[] => groupOf.get(text) ?? [];
  const [first, ...others] = languages;
  const isDivided = first !== undefined && others.length > 0;
  const all = isDivided
    ? languages.map((language) => siteIn(language, languages, blog, urls, postGroups))
    : languages.map((language) => ({ language, blog, urls }));
  return { all, whole: blog, alternates: alternatesOf({ all, postGroups, pageGroups }), translationsOf };
}

function siteIn(
  language: BlogLanguage,
  languages: readonly BlogLanguage[],
  blog: Blog,
  urls: SiteUrls,
  postGroups: readonly (readonly Post[])[],
): LanguageSite {
  const isMain = language.prefix === "";
  const isHere = isListedIn(language, languages);
  const posts = blog.posts.filter(isHere);
  const { settings } = blog;
  const own: Blog = {
    ...blog,
    settings: {
      ...settings,
      lang: language.lang,
      title: language.title ?? settings.title,
      description: language.description ?? settings.description,
      menu: language.menu.length > 0 ? language.menu : settings.menu,
      look: { ...settings.look, footer: language.footer ?? settings.look.footer },
      newsletter: newsletterIn(settings, language),
      startHere: settings.startHere.flatMap((slug) => inLanguage(slug, posts, postGroups) ?? []),
    },
    posts,
    pages: blog.pages.filter(isHere),
    tombstones: isMain ? blog.tombstones : [],
    series: isMain ? blog.series : blog.series.filter(({ id }) => posts.some(({ series }) => series === id)),
  };
  return { language, blog: own, urls: languageUrls(urls, language.prefix) };
}

/** The slug of a post if it is among the posts of a language, else of its translation there. */
function inLanguage(
  slug: string,
  posts: readonly Post[],
  groups: readonly (readonly Post[])[],
): string | undefined {
  const versions = groups.find((group) => group.some((post) => post.slug === slug)) ?? [];
  const found = posts.find((post) => post.slug === slug) ?? posts.find((post) => versions.includes(post));
  return found?.slug;
}
