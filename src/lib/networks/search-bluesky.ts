/** Searches Bluesky for posts that link to an article (app.bsky.feed.searchPosts). */
import { batches } from "./batches.ts";
import { askAppView, biosOf, readAppView, type AppView } from "./bluesky-api.ts";
import { itemOfPost } from "./bluesky-item.ts";
import { postsSchema, type BlueskyPost } from "./bluesky-schema.ts";
import { articleIn, type Finds, type SearchScope } from "./search.ts";

const REFUSED =
  "Bluesky: this AppView doesn't allow search without a login, so links to articles weren't searched for";

/** Searches an AppView and reads earlier results again. @throws PullFault */
export async function searchBluesky(view: AppView, scope: SearchScope): Promise<Finds> {
  const hits = scope.isOn ? await hitsOf(view, scope.host) : [];
  const posts = new Map((hits ?? []).map((post) => [post.uri, post]));
  const absent = scope.known.map(({ id }) => id).filter((id) => !posts.has(id));
  for (const uris of batches(absent)) {
    const query = uris.map((uri): [string, string] => ["uris", uri]);
    const value = await askAppView(view, "app.bsky.feed.getPosts", query);
    for (const post of readAppView(postsSchema, value).posts) posts.set(post.uri, post);
  }
  const linking = [...posts.values()].flatMap((post) => {
    const slug = articleIn(linksOf(post), scope.targets);
    return slug === null ? [] : [{ slug, post }];
  });
  const bios = await biosOf(
    view,
    linking.map(({ post }) => post.author.did),
  );
  const place = { kind: "mention-of", root: "", hidden: new Set<string>(), bios } as const;
  const uris = new Set(linking.map(({ post }) => post.uri));
  return {
    items: linking.map(({ slug, post }) => ({ slug, item: itemOfPost(post, place) })),
    gone: new Set(scope.known.map(({ id }) => id).filter((id) => !uris.has(id))),
    notes: hits === null ? [REFUSED] : [],
  };
}

/** The newest 100 results, since further pages require a login; null when the AppView requires one for any search. */
async function hitsOf(view: AppView, host: string): Promise<readonly BlueskyPost[] | null> {
  const params = { q: host, domain: host, sort: "latest", limit: "100" };
  const value = await askAppView(view, "app.bsky.feed.searchPosts", params, [400, 401, 403, 404, 501]);
  return value === null ? null : readAppView(postsSchema, value).posts;
}

/** URLs that a post links to in its text or as a card. */
function linksOf({ record, embed }: BlueskyPost): string[] {
  const inText = record.facets.flatMap(({ features }) => features.flatMap(({ uri }) => uri ?? []));
  const cards = [embed?.external?.uri, embed?.media?.external?.uri];
  return [...inText, ...cards.filter((uri) => uri !== undefined)];
}
