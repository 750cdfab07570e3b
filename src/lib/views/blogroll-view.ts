import { translationsFor } from "../../i18n/translations-for.ts";
import { BLOGROLL_PATH, type Blogroll } from "../site/blogroll.ts";
import type { ViewInput } from "./context.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import type { SiteView } from "./site-view.ts";

export interface BlogrollView {
  readonly kind: "blogroll";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly title: string;
  /** Ordered by their first blog; the group of blogs without one has an empty title. */
  readonly groups: readonly {
    readonly title: string;
    readonly blogs: readonly Pick<Blogroll["blogs"][number], "title" | "url" | "feed" | "description">[];
  }[];
  /** Address of the list for feed readers, with the base path. */
  readonly opml: string;
}

/** The page with the blogs that the author reads. */
export function blogrollView(input: ViewInput, site: SiteView, { title, blogs }: Blogroll): BlogrollView {
  const { urls } = input.context;
  const words = translationsFor(site).blogroll;
  const groups = Map.groupBy(blogs, ({ group }) => group ?? "");
  return {
    kind: "blogroll",
    site,
    meta: metaView(input, urls.blogrollPath(), { title: title ?? words.title, description: words.intro }),
    title: title ?? words.title,
    groups: [...groups].map(([group, members]) => ({
      title: group,
      blogs: members.map(({ group: _group, ...blog }) => blog),
    })),
    opml: urls.path(BLOGROLL_PATH),
  };
}
