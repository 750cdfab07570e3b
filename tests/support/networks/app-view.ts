/**
 * A stand-in for Bluesky's AppView on loopback: threads with limited depth, cursor pagination, profiles, conditional
 * requests, and faults per request. Its state is plain data.
 */
import { hashOf } from "../../../src/lib/cache/file-cache.ts";
import { startServer, type TestServer } from "../http-server.ts";
import { failWith, type NetworkFault } from "./faults.ts";

export interface StandinActor {
  readonly did: string;
  handle: string;
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Text of the profile, which posts don't contain. */
  readonly bio?: string;
}

export interface StandinPost {
  readonly uri: string;
  readonly parent: string | null;
  readonly root: string;
  readonly author: StandinActor;
  text: string;
  readonly record?: Readonly<Record<string, unknown>>;
  readonly changes?: Readonly<Record<string, unknown>>;
}

export interface AppViewStandin extends AsyncDisposable {
  readonly origin: string;
  readonly server: TestServer;
  readonly posts: Map<string, StandinPost>;
  readonly likes: Map<string, StandinActor[]>;
  readonly reposts: Map<string, StandinActor[]>;
  readonly quotes: Map<string, StandinPost[]>;
  /** Entries of a thread that aren't posts, by URI of the parent. */
  readonly extraReplies: Map<string, readonly unknown[]>;
  perPage: number;
  /** Levels of replies in one response. */
  maxDepth: number;
  /** Whether anonymous search is allowed; Bluesky sometimes forbids it. */
  maySearch: boolean;
  onRequest: (path: string) => NetworkFault;
}

/** Starts an AppView without accounts. */
export async function startAppView(): Promise<AppViewStandin> {
  const server = await startServer(({ url, headers }, response) => {
    if (failWith(standin.onRequest(url), response)) return;
    const { status, value } = answerTo(standin, new URL(url, server.origin));
    const body = JSON.stringify(value);
    const etag = `W/"${hashOf(body)}"`;
    const head = { "content-type": "application/json", etag };
    if (status === 200 && headers["if-none-match"] === etag) response.writeHead(304, head).end();
    else response.writeHead(status, head).end(body);
  });
  const standin: AppViewStandin = {
    origin: server.origin,
    server,
    posts: new Map(),
    likes: new Map(),
    reposts: new Map(),
    quotes: new Map(),
    extraReplies: new Map(),
    perPage: 100,
    maxDepth: 6,
    maySearch: true,
    onRequest: () => "none",
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return standin;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

function answerTo(standin: AppViewStandin, url: URL): Answer {
  const query = url.searchParams;
  const uri = query.get("uri") ?? "";
  switch (url.pathname.replace("/xrpc/", "")) {
    case "com.atproto.identity.resolveHandle": {
      const all = [...standin.posts.values()].map(({ author }) => author);
      const actor = all.find(({ handle }) => handle === query.get("handle"));
      return actor === undefined ? failure("InvalidRequest") : { status: 200, value: { did: actor.did } };
    }
    case "app.bsky.feed.getPostThread":
      return standin.posts.has(uri)
        ? { status: 200, value: { thread: nodeOf(standin, uri, standin.maxDepth) } }
        : failure("NotFound");
    case "app.bsky.feed.getLikes":
      return pageOf(standin, query, "likes", standin.likes.get(uri) ?? [], (actor) => ({
        createdAt: "2026-02-02T10:00:00.000Z",
        indexedAt: "2026-02-02T10:00:01.000Z",
        actor: { ...actorView(actor), description: actor.bio ?? "" },
      }));
    case "app.bsky.feed.getRepostedBy":
      return pageOf(standin, query, "repostedBy", standin.reposts.get(uri) ?? [], actorView);
    case "app.bsky.feed.getQuotes":
      return pageOf(standin, query, "posts", standin.quotes.get(uri) ?? [], (post) =>
        postView(standin, post),
      );
    case "app.bsky.feed.getPosts": {
      const found = query.getAll("uris").flatMap((each) => standin.posts.get(each) ?? []);
      return { status: 200, value: { posts: found.map((post) => postView(standin, post)) } };
    }
    case "app.bsky.feed.searchPosts": {
      // Further pages require a login.
      if (!standin.maySearch || query.has("cursor")) return { status: 403, value: { error: "Forbidden" } };
      const domain = query.get("domain") ?? "";
      const found = [...standin.posts.values()].filter((post) =>
        JSON.stringify(post).includes(`//${domain}/`),
      );
      const posts = found.reverse().slice(0, Number(query.get("limit") ?? "25"));
      return { status: 200, value: { cursor: "100", posts: posts.map((post) => postView(standin, post)) } };
    }
    case "app.bsky.actor.getProfiles": {
      const wanted = new Set(query.getAll("actors"));
      const all = [...standin.posts.values(), ...[...standin.quotes.values()].flat()].map(
        ({ author }) => author,
      );
      const actors = new Map(all.filter(({ did }) => wanted.has(did)).map((actor) => [actor.did, actor]));
      const profiles = [...actors.values()].map((actor) => ({
        ...actorView(actor),
        description: actor.bio ?? "",
      }));
      return { status: 200, value: { profiles } };
    }
    default:
      return { status: 501, value: { error: "MethodNotImplemented" } };
  }
}

/** Returns an error response; "not found" has status 400 in this API. */
function failure(error: string): Answer {
  return { status: 400, value: { error, message: "nothing there" } };
}

function pageOf<Item>(
  standin: AppViewStandin,
  query: URLSearchParams,
  key: string,
  items: readonly Item[],
  view: (item: Item) => unknown,
): Answer {
  const from = Number(query.get("cursor") ?? "0");
  const next = from + standin.perPage;
  const cursor = next < items.length ? { cursor: String(next) } : {};
  return {
    status: 200,
    value: { uri: query.get("uri"), ...cursor, [key]: items.slice(from, next).map(view) },
  };
}

function nodeOf(standin: AppViewStandin, uri: string, depth: number): Record<string, unknown> {
  const post = standin.posts.get(uri);
  if (post === undefined) return { $type: "app.bsky.feed.defs#notFoundPost", uri, notFound: true };
  const posts = childrenOf(standin, uri).map((child) => nodeOf(standin, child.uri, depth - 1));
  const replies = [...(standin.extraReplies.get(uri) ?? []), ...posts];
  return {
    $type: "app.bsky.feed.defs#threadViewPost",
    post: postView(standin, post),
    ...(depth > 0 ? { replies } : {}),
  };
}

function childrenOf({ posts }: AppViewStandin, uri: string): StandinPost[] {
  return [...posts.values()].filter(({ parent }) => parent === uri);
}

function postView(standin: AppViewStandin, post: StandinPost): Record<string, unknown> {
  const reply =
    post.parent === null
      ? {}
      : { reply: { root: { uri: post.root, cid: "c" }, parent: { uri: post.parent, cid: "c" } } };
  return {
    uri: post.uri,
    cid: hashOf(post.text),
    author: actorView(post.author),
    record: {
      $type: "app.bsky.feed.post",
      text: post.text,
      createdAt: "2026-02-01T10:00:00.000Z",
      ...reply,
      ...post.record,
    },
    replyCount: childrenOf(standin, post.uri).length,
    likeCount: standin.likes.get(post.uri)?.length ?? 0,
    repostCount: standin.reposts.get(post.uri)?.length ?? 0,
    quoteCount: standin.quotes.get(post.uri)?.length ?? 0,
    indexedAt: "2026-02-01T10:00:02.000Z",
    labels: [],
    ...post.changes,
  };
}

function actorView({ did, handle, changes }: StandinActor): Record<string, unknown> {
  return { did, handle, displayName: `Person ${handle}`, labels: [], ...changes };
}

/** Returns a Bluesky account with a name. */
export function actor(name: string, more: Partial<StandinActor> = {}): StandinActor {
  return { did: `did:plc:${name}`, handle: `${name}.example`, ...more };
}
