/** Reads a thread on Bluesky from a public AppView (lexicons/app/bsky/feed). */
import * as z from "zod";
import { PullFault } from "../responses/pull/api-client.ts";
import { batches } from "./batches.ts";
import { askAppView, biosOf, readAppView, type AppView } from "./bluesky-api.ts";
import { itemOfPost, itemOfReaction } from "./bluesky-item.ts";
import {
  didSchema,
  likesSchema,
  postSchema,
  postsSchema,
  quotesSchema,
  repostsSchema,
  type BlueskyPost,
} from "./bluesky-schema.ts";
import type { BlueskyCopy } from "./copies.ts";
import type { MissingThread, NetworkItem, NetworkThread } from "./network-item.ts";

export interface BlueskyRequest extends AppView {
  readonly copy: BlueskyCopy;
  /** Ids of stored items of this copy. */
  readonly known: readonly { readonly id: string }[];
}

const DEPTH = 100;
/** Maximum number of requests for the posts of a thread; posts beyond are omitted. */
const MOST_BRANCHES = 200;
const MOST_PAGES = 500;

/** Reads the thread under a copy. @throws PullFault rather than return a partial list of likes, reposts or quotes. */
export async function readBlueskyThread(request: BlueskyRequest): Promise<NetworkThread | MissingThread> {
  const { actor, rkey } = request.copy;
  const did = await didOf(request);
  if (did === null)
    return {
      missing: `names an account that Bluesky doesn't know, "${actor}". If you changed your handle, write the new one, or the DID, which never changes: https://bsky.app/profile/did:plc:…/post/${rkey}`,
    };
  const root = `at://${did}/app.bsky.feed.post/${rkey}`;
  const posts = await postsBelow(request, root);
  const copy = posts?.get(root);
  if (posts === null || copy === undefined)
    return { missing: "is deleted, or isn't public, or the address is wrong" };
  posts.delete(root);
  const quotes = copy.quoteCount === 0 ? [] : await quotesOf(request, root);
  const authors = [...posts.values(), ...quotes].map(({ author }) => author.did);
  const place = {
    root,
    hidden: new Set(copy.threadgate?.record.hiddenReplies ?? []),
    bios: await biosOf(request, authors),
  };
  // Skip replies whose root is another post: a client has attached them to this thread.
  const replies = [...posts.values()].filter(({ record }) => record.reply?.root.uri === root);
  const items: NetworkItem[] = [
    ...replies.map((post) => itemOfPost(post, { ...place, kind: "in-reply-to" })),
    ...quotes
      .filter(({ uri }) => !posts.has(uri))
      .map((post) => itemOfPost(post, { ...place, kind: "mention-of" })),
    ...(copy.likeCount === 0 ? [] : await likesOf(request, root)),
    ...(copy.repostCount === 0 ? [] : await repostsOf(request, root)),
  ];
  const ids = new Set(items.map(({ id }) => id));
  return { items, gone: await goneOf(request, ids), reactions: {}, notes: [] };
}

async function didOf(request: BlueskyRequest): Promise<string | null> {
  const { actor } = request.copy;
  if (actor.startsWith("did:")) return actor;
  const value = await askAppView(
    request,
    "com.atproto.identity.resolveHandle",
    { handle: actor },
    [400, 404],
  );
  return value === null ? null : readAppView(didSchema, value).did;
}

/** All posts of the thread by URI; null when the thread doesn't exist. */
async function postsBelow(request: BlueskyRequest, root: string): Promise<Map<string, BlueskyPost> | null> {
  const posts = new Map<string, BlueskyPost>();
  const open = [root];
  const asked = new Set<string>();
  while (open.length > 0 && asked.size < MOST_BRANCHES) {
    const uri = open.pop() ?? root;
    if (asked.has(uri)) continue;
    asked.add(uri);
    const params = { uri, depth: String(DEPTH), parentHeight: "0" };
    const value = await askAppView(request, "app.bsky.feed.getPostThread", params, [400, 404]);
    if (value === null && uri === root) return null;
    if (value !== null) open.push(...collect(readAppView(threadSchema, value).thread, posts));
  }
  return posts;
}

const threadSchema = z.object({ thread: z.unknown() });
const nodeSchema = z.object({ post: postSchema, replies: z.array(z.unknown()).nullish().catch(null) });

/**
 * Adds the posts of a tree to `posts` and returns the URIs of leaves whose replies the server left out. Iterative,
 * because the server decides how deep the tree is.
 */
function collect(tree: unknown, posts: Map<string, BlueskyPost>): string[] {
  const cut: string[] = [];
  const stack = [tree];
  while (stack.length > 0) {
    const node = nodeSchema.safeParse(stack.pop());
    // Nodes of type `notFoundPost` and `blockedPost` have no `post`.
    if (!node.success) continue;
    const { post, replies } = node.data;
    posts.set(post.uri, post);
    if (replies == null && (post.replyCount ?? 0) > 0) cut.push(post.uri);
    stack.push(...(replies ?? []));
  }
  return cut;
}

async function likesOf(request: BlueskyRequest, root: string): Promise<NetworkItem[]> {
  const pages = await pagesOf(request, "app.bsky.feed.getLikes", root, likesSchema);
  return pages.flatMap(({ likes }) =>
    likes.map(({ actor, createdAt, indexedAt }) =>
      itemOfReaction(actor, "like-of", root, createdAt ?? indexedAt ?? null),
    ),
  );
}

async function repostsOf(request: BlueskyRequest, root: string): Promise<NetworkItem[]> {
  const pages = await pagesOf(request, "app.bsky.feed.getRepostedBy", root, repostsSchema);
  return pages.flatMap(({ repostedBy }) =>
    repostedBy.map((actor) => itemOfReaction(actor, "repost-of", root, null)),
  );
}

async function quotesOf(request: BlueskyRequest, root: string): Promise<BlueskyPost[]> {
  const pages = await pagesOf(request, "app.bsky.feed.getQuotes", root, quotesSchema);
  return pages.flatMap(({ posts }) => posts);
}

/** Follows the cursor to the last page; a page with fewer entries than the limit isn't the last. */
async function pagesOf<Page extends { readonly cursor?: string | null | undefined }>(
  request: BlueskyRequest,
  method: string,
  uri: string,
  schema: z.ZodType<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  const cursors = new Set<string>();
  let cursor: string | null = null;
  do {
    const value = await askAppView(
      request,
      method,
      { uri, limit: "100", ...(cursor === null ? {} : { cursor }) },
      [],
    );
    const page = readAppView(schema, value);
    pages.push(page);
    cursor = page.cursor ?? null;
    if (cursor !== null && (cursors.has(cursor) || cursors.size === MOST_PAGES))
      throw new PullFault("badAnswer", `Bluesky: the pages of ${method} form a loop`);
    if (cursor !== null) cursors.add(cursor);
  } while (cursor !== null);
  return pages;
}

/**
 * Ids of stored items that no longer exist. A post missing from the thread may still exist, since the thread omits
 * replies to a deleted post: `getPosts` decides.
 */
async function goneOf(request: BlueskyRequest, ids: ReadonlySet<string>): Promise<Set<string>> {
  const absent = request.known.map(({ id }) => id).filter((id) => !ids.has(id));
  const reactions = absent.filter((id) => /#(?:liked|reposted)_by_[^#]*$/.test(id));
  const gone = new Set(reactions);
  for (const batch of batches(absent.filter((id) => !gone.has(id)))) {
    const query = batch.map((uri): [string, string] => ["uris", uri]);
    const { posts } = readAppView(
      postsSchema,
      await askAppView(request, "app.bsky.feed.getPosts", query, []),
    );
    const alive = new Set(posts.map(({ uri }) => uri));
    for (const uri of batch) if (!alive.has(uri)) gone.add(uri);
  }
  return gone;
}
