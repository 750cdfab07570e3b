/** Looks up posts that can receive responses. */
import type { Post } from "../lib/content/model.ts";
import { targetIndex, type TargetSource } from "../lib/responses/targets.ts";
import { siteUrls } from "../lib/site/urls.ts";

export interface ReceivingPost {
  readonly slug: string;
  readonly title: string;
  /** Absolute permalink. */
  readonly url: string;
  /** BCP 47; null when it isn't known. */
  readonly lang: string | null;
  /** Whether it accepts new responses; existing ones can always be updated and withdrawn. */
  readonly isOpen: boolean;
}

export interface Posts {
  /** The post at a URL, in any spelling, or null. */
  byUrl(address: string): Promise<ReceivingPost | null>;
  bySlug(slug: string): Promise<ReceivingPost | null>;
  /** Tags in use, as spelled in the blog. */
  tags(): Promise<readonly string[]>;
}

/** Empty implementation, for code that doesn't look up posts. */
export const NO_POSTS: Posts = {
  byUrl: () => Promise.resolve(null),
  bySlug: () => Promise.resolve(null),
  tags: () => Promise.resolve([]),
};

/** Data of a loaded blog. */
export interface PostsSource extends TargetSource {
  readonly posts: readonly Pick<
    Post,
    "slug" | "id" | "aliases" | "canonical" | "title" | "path" | "lang" | "comments" | "tags"
  >[];
  /** Tags of all posts, including unpublished ones; defaults to the tags of `posts`. */
  readonly tags?: readonly string[];
  /** Errors in files whose posts therefore can't be found; null when there are none. */
  readonly problem?: Error | null;
}

/** Lookup of the posts of a loaded blog. */
export function postsOf(blog: PostsSource): {
  readonly byUrl: (address: string) => ReceivingPost | null;
  readonly bySlug: (slug: string) => ReceivingPost | null;
  readonly tags: readonly string[];
} {
  const urls = siteUrls(blog.settings);
  const index = targetIndex(blog);
  const posts = new Map(
    blog.posts.map(({ slug, title, path, lang, comments }): [string, ReceivingPost] => [
      slug,
      { slug, title, url: urls.absolute(path), lang, isOpen: comments === "open" },
    ]),
  );
  const bySlug = (slug: string) => posts.get(slug) ?? null;
  return {
    bySlug,
    tags: [...new Set(blog.tags ?? blog.posts.flatMap(({ tags }) => tags))].sort(),
    byUrl: (address) => {
      const slug = index.resolve(address);
      return slug === null ? null : bySlug(slug);
    },
  };
}

const FRESH_MS = 60_000;
const MISS_MS = 5_000;

/**
 * Lookup of the posts of a changing blog. Posts are reloaded in the background after a minute, and immediately for an
 * unknown URL or slug (at most every five seconds), so that a new post is found. While a file has errors, an unknown
 * one may be that of its post: then the methods throw the errors instead of returning null.
 * @param onProblem called when some or all posts can't be loaded, once per problem.
 */
export function changingPosts(
  load: () => Promise<PostsSource>,
  now: () => number,
  onProblem: (problem: unknown) => void = () => undefined,
): Posts {
  let known: ReturnType<typeof postsOf> | null = null;
  let problem: Error | null = null;
  let reported = "";
  let loadedAt = 0;
  let loading: Promise<void> | null = null;
  const report = (found: unknown) => {
    const text = found instanceof Error ? found.message : "";
    if (found !== null && text !== reported) onProblem(found);
    reported = text;
  };
  const reload = () => {
    loading ??= load()
      .then(
        (blog) => {
          known = postsOf(blog);
          problem = blog.problem ?? null;
          report(problem);
        },
        (error: unknown) => {
          report(error);
          throw error;
        },
      )
      .finally(() => {
        loadedAt = now();
        loading = null;
      });
    return loading;
  };
  /** Reloads if necessary; on an error, the posts loaded before are kept. */
  const refresh = async () => {
    if (known === null) await reload();
    else if (now() - loadedAt > FRESH_MS) reload().catch(() => undefined);
  };
  const find = async (look: (posts: ReturnType<typeof postsOf>) => ReceivingPost | null) => {
    await refresh();
    const found = known === null ? null : look(known);
    if (found !== null) return found;
    if (now() - loadedAt >= MISS_MS) await reload().catch(() => undefined);
    const later = known === null ? null : look(known);
    if (later === null && problem !== null) throw problem;
    return later;
  };
  return {
    byUrl: (address) => find((posts) => posts.byUrl(address)),
    bySlug: (slug) => find((posts) => posts.bySlug(slug)),
    tags: async () => {
      await refresh();
      return known?.tags ?? [];
    },
  };
}
