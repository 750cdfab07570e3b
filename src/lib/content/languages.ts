/** The languages in which a blog has its own home page, lists, feeds and search. */
import { languageGroup } from "../site/language-group.ts";
import type { Settings } from "../site/settings.ts";
import { bareLanguage } from "../site/settings-fields/languages.ts";
import type { Post } from "./model.ts";
import { translationGroups } from "./translations.ts";

type NamedLanguage = Settings["languages"][number];

/** A language of the blog, with its settings from site.yaml. */
export interface BlogLanguage extends NamedLanguage {
  /** Languages that differ only in region share a group: `de` for `de-AT`; see `languageGroup`. */
  readonly group: string;
  /** Path prefix of its lists, such as `/de`; empty for the blog's own language. */
  readonly prefix: string;
}

/** Minimum number of posts for a language to count if none of them is a translation. */
const ENOUGH_POSTS = 3;

type Listed = Pick<Post, "slug" | "lang" | "translationOf" | "translations" | "tie">;

/**
 * The languages of a blog: its own, then those named in site.yaml, in that order, or else others by number of posts.
 * A single entry means that the blog isn't divided. Languages without posts are left out.
 * @param posts posts that are visible to readers.
 */
export function blogLanguages(
  { lang, languages }: Pick<Settings, "lang" | "languages">,
  posts: readonly Listed[],
): readonly BlogLanguage[] {
  const own: BlogLanguage = { ...bareLanguage(lang), group: languageGroup(lang), prefix: "" };
  const byGroup = Map.groupBy(posts, (post) => languageGroup(post.lang));
  const isOther = (group: string): boolean => group !== own.group && byGroup.has(group);
  if (languages.length > 0) {
    const named = languages.map((one) => ({ ...one, group: languageGroup(one.lang) }));
    const others = named.filter(({ group }, at) => isOther(group) && named.findIndex((one) => one.group === group) === at);
    const ownNames = named.find(({ group }) => group === own.group);
    return [{ ...own, ...ownNames, lang }, ...others.map((one) => ({ ...one, prefix: `/${one.group}` }))];
  }
  const translated = new Set(translationGroups(posts).flat());
  const found = [...byGroup].filter(
    ([group, list]) => isOther(group) && (list.length >= ENOUGH_POSTS || list.some((post) => translated.has(post))),
  );
  found.sort(([a, listA], [b, listB]) => listB.length - listA.length || (a < b ? -1 : 1));
  return [
    own,
    ...found.map(([group, list]) => ({
      ...bareLanguage(commonTag(group, list)),
      group,
      prefix: `/${group}`,
    })),
  ];
}

/** Returns a filter for texts listed in a language. Texts in none of the languages are listed in the blog's own. */
export function isListedIn(
  language: BlogLanguage,
  languages: readonly BlogLanguage[],
): (text: { readonly lang: string }) => boolean {
  const others = new Set(languages.filter(({ prefix }) => prefix !== "").map(({ group }) => group));
  const isMain = language.prefix === "";
  return ({ lang }) => {
    const group = languageGroup(lang);
    return isMain ? !others.has(group) : group === language.group;
  };
}

/** The tag that all posts of a language share, else the language without a region. */
function commonTag(group: string, posts: readonly Listed[]): string {
  const [first, ...others] = new Set(posts.map(({ lang }) => lang));
  return first === undefined || others.length > 0 ? (Intl.getCanonicalLocales(group)[0] ?? group) : first;
}
