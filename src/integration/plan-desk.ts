import { feedEntryPath } from "../lib/desk/desk-paths.ts";
import { deskPages, deskPath, deskView, type DeskFacts } from "../lib/desk/desk-view.ts";
import { feedEntryPage } from "../lib/desk/feed-entry-page.ts";
import { postEntries, type PostItemContext } from "../lib/feeds/post-items.ts";
import { conversationsOf } from "../lib/feeds/conversations.ts";
import type { Post } from "../lib/content/model.ts";
import { lazyPage, type FileGroup } from "../lib/site/outputs.ts";
import type { ViewInput } from "../lib/views/context.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";
import type { SiteView } from "../lib/views/site-view.ts";

/** The pages of the desk and the documents they show in frames. */
export interface DeskPlan {
  readonly pages: PageGroup;
  readonly files: FileGroup;
}

export interface DeskOptions {
  /** Called for each request. */
  readonly facts: () => DeskFacts;
  /** Context for feed entries with URLs on this server. */
  readonly feeds: PostItemContext;
}

/** Plans the desk of `astro dev`. Generates nothing yet. */
export function planDesk(input: ViewInput, site: SiteView, { facts, feeds }: DeskOptions): DeskPlan {
  const { posts } = input.blog;
  return {
    pages: {
      routes: ["desk"],
      pages: () =>
        deskPages(posts).map((_, at) =>
          lazyPage(
            {
              route: "desk",
              params: { page: at === 0 ? undefined : String(at + 1) },
              path: deskPath(at + 1),
            },
            () => deskView(input, site, at + 1, facts()),
          ),
        ),
    },
    files: {
      name: "feed entries on the desk",
      list: () =>
        posts.map((post) => ({
          path: feedEntryPath(post.slug),
          key: post.body.key,
          make: () => entryOf(post, input, feeds),
        })),
    },
  };
}

async function entryOf(post: Post, { blog }: ViewInput, feeds: PostItemContext): Promise<string> {
  // Feeds list published posts only; the desk shows how a draft will look there.
  const published: Post = { ...post, visibility: "published" };
  const own = { ...blog, posts: [published] };
  const [entry] = postEntries(own, conversationsOf(own), feeds);
  if (entry === undefined) throw new Error(`No feed entry of ${post.slug}`);
  return feedEntryPage(await entry.load());
}
