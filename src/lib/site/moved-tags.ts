/** Redirects for tags whose pages moved when their language got its own lists. */
import type { LanguageSites } from "../content/language-sites.ts";
import { directionOf } from "../content/scripts.ts";
import type { OldFeed } from "./old-feeds.ts";
import type { Alias } from "./redirects.ts";
import type { SiteUrls } from "./urls.ts";

/** `/tags/zäune/` → `/de/tags/zäune/`, for tags without posts in the blog's main language. */
export function movedTags({ all }: LanguageSites): readonly Alias[] {
  return [...moves({ all })].map(([from, { to, label, lang }]) => ({
    from,
    to,
    title: label,
    lang,
    dir: directionOf(lang),
  }));
}

/** The same redirects for the tags' feeds. */
export function movedTagFeeds({ all }: LanguageSites): readonly OldFeed[] {
  return [...moves({ all })].flatMap(([from, { to, urls }]) =>
    (["rss", "atom", "json"] as const).map((kind) => ({
      path: urls.feedPath(kind, from),
      feed: urls.feedPath(kind, to),
    })),
  );
}

interface Move {
  readonly to: string;
  readonly label: string;
  readonly lang: string;
  readonly urls: SiteUrls;
}

/** Moves by old address; a tag in several other languages redirects to the first. */
function moves({ all: [main, ...others] }: Pick<LanguageSites, "all">): ReadonlyMap<string, Move> {
  const found = new Map<string, Move>();
  if (main === undefined) return found;
  const tagsOf = (site: typeof main) =>
    site.blog.posts.filter(({ visibility }) => visibility === "published").flatMap(({ tags }) => tags);
  const kept = new Set(tagsOf(main).map((label) => main.urls.tagPath(label)));
  for (const site of others)
    for (const label of tagsOf(site)) {
      const from = main.urls.tagPath(label);
      if (kept.has(from) || found.has(from)) continue;
      found.set(from, {
        to: site.urls.tagPath(label),
        label,
        lang: site.language.lang,
        urls: main.urls,
      });
    }
  return found;
}
