/**
 * A stand-in for a Mastodon server on loopback: real HTTP, the shapes of docs.joinmastodon.org, pagination by `Link`,
 * rate limits, conditional requests, the limits for requests without a token, and faults per request. Its state is
 * plain data.
 */
import { hashOf } from "../../../src/lib/cache/file-cache.ts";
import { startServer, type TestServer } from "../http-server.ts";
import { failWith, type NetworkFault } from "./faults.ts";

export interface StandinAccount {
  readonly id: string;
  readonly username: string;
  readonly changes?: Readonly<Record<string, unknown>>;
}

export interface StandinStatus {
  readonly id: string;
  readonly parent: string | null;
  readonly account: StandinAccount;
  content: string;
  edited?: string | undefined;
  changes?: Readonly<Record<string, unknown>> | undefined;
}

export interface MastodonStandin extends AsyncDisposable {
  readonly origin: string;
  readonly server: TestServer;
  /** All statuses by ID, including the copies of posts. */
  readonly statuses: Map<string, StandinStatus>;
  /** Accounts that favorited or boosted a status, by its ID. */
  readonly favourites: Map<string, StandinAccount[]>;
  readonly boosts: Map<string, StandinAccount[]>;
  readonly quotes: Map<string, StandinStatus[]>;
  perPage: number;
  /** Accepted token; null when none is required. */
  token: string | null;
  /** Maximum number of descendants without a token. */
  anonymousLimit: number;
  /** Maximum depth of replies without a token. */
  anonymousDepth: number;
  /** Whether it supports `statuses?id[]=`, as Mastodon does since 4.3. */
  readsMany: boolean;
  maySearch: boolean;
  onRequest: (path: string) => NetworkFault;
  /** Headers of each response. */
  headers: Record<string, string>;
  /** Returns the URL of a copy for a post's front matter. */
  address(id: string): string;
}

/** Starts a server without statuses. */
export async function startMastodon(): Promise<MastodonStandin> {
  const server = await startServer(({ url, headers }, response) => {
    const fault = standin.onRequest(url);
    if (failWith(fault, response)) return;
    const { status, value, link } = answerTo(standin, url, headers.authorization ?? null);
    const body = JSON.stringify(value);
    const etag = `W/"${hashOf(body)}"`;
    const head = {
      "content-type": "application/json",
      etag,
      ...standin.headers,
      ...(link === null ? {} : { link }),
    };
    if (status === 200 && headers["if-none-match"] === etag) response.writeHead(304, head).end();
    else response.writeHead(status, head).end(body);
  });
  const standin: MastodonStandin = {
    origin: server.origin,
    server,
    statuses: new Map(),
    favourites: new Map(),
    boosts: new Map(),
    quotes: new Map(),
    perPage: 80,
    token: null,
    anonymousLimit: 60,
    anonymousDepth: 20,
    readsMany: true,
    maySearch: true,
    onRequest: () => "none",
    headers: {},
    address: (id) => `${server.origin}/@me/${id}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return standin;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
  readonly link: string | null;
}

function answerTo(standin: MastodonStandin, path: string, authorization: string | null): Answer {
  const url = new URL(path, standin.origin);
  const [, id = "", part] = /^\/api\/v1\/statuses\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  const status = standin.statuses.get(decodeURIComponent(id));
  const hasToken = standin.token !== null && authorization === `Bearer ${standin.token}`;
  if (standin.token !== null && authorization !== null && !hasToken)
    return failure(401, "The access token is invalid");
  if (url.pathname === "/api/v2/search") return searchAnswer(standin, url, hasToken);
  if (url.pathname === "/api/v1/statuses" && standin.readsMany) {
    const ids = url.searchParams.getAll("id[]").slice(0, 20);
    const found = ids.flatMap((each) => standin.statuses.get(each) ?? []);
    return { status: 200, value: found.map((each) => entityOf(standin, each)), link: null };
  }
  if (status === undefined) return failure(404, "Record not found");
  switch (part) {
    case undefined:
      return { status: 200, value: entityOf(standin, status), link: null };
    case "context": {
      const all = descendantsOf(standin, status.id);
      const near = all.filter((each) => depthBelow(standin, each, status.id) <= standin.anonymousDepth);
      const descendants = hasToken ? all : near.slice(0, standin.anonymousLimit);
      return {
        status: 200,
        value: { ancestors: [], descendants: descendants.map((each) => entityOf(standin, each)) },
        link: null,
      };
    }
    case "favourited_by":
      return pageOf(
        standin,
        url,
        (standin.favourites.get(status.id) ?? []).map((each) => accountEntity(standin, each)),
      );
    case "reblogged_by":
      return pageOf(
        standin,
        url,
        (standin.boosts.get(status.id) ?? []).map((each) => accountEntity(standin, each)),
      );
    case "quotes":
      if (!hasToken) return failure(401, "This method requires an authenticated user");
      return pageOf(
        standin,
        url,
        (standin.quotes.get(status.id) ?? []).map((each) => entityOf(standin, each)),
      );
    default:
      return failure(404, "Not found");
  }
}

/** Handles a search: nothing is found without a token; a quoted phrase is searched for in texts, newest first. */
function searchAnswer(standin: MastodonStandin, url: URL, hasToken: boolean): Answer {
  if (hasToken && !standin.maySearch) return failure(403, "This action is outside the authorized scopes");
  const query = url.searchParams;
  const phrase = (query.get("q") ?? "").replace(/^"|"$/g, "");
  const from = Number(query.get("offset") ?? "0");
  const size = Math.min(40, Number(query.get("limit") ?? "20"));
  const found = [...standin.statuses.values()].filter(({ content }) => content.includes(phrase)).reverse();
  const statuses = hasToken ? found.slice(from, from + size).map((each) => entityOf(standin, each)) : [];
  return { status: 200, value: { accounts: [], statuses, hashtags: [] }, link: null };
}

function failure(status: number, error: string): Answer {
  return { status, value: { error }, link: null };
}

function pageOf(standin: MastodonStandin, url: URL, items: readonly unknown[]): Answer {
  const from = Number(url.searchParams.get("max_id") ?? "0");
  const size = Math.min(standin.perPage, Number(url.searchParams.get("limit") ?? "40"));
  const next = new URL(url);
  next.searchParams.set("max_id", String(from + size));
  const hasMore = from + size < items.length;
  return {
    status: 200,
    value: items.slice(from, from + size),
    link: hasMore ? `<${next.href}>; rel="next", <${url.href}>; rel="prev"` : null,
  };
}

function descendantsOf({ statuses }: MastodonStandin, id: string): StandinStatus[] {
  const children = Map.groupBy(statuses.values(), ({ parent }) => parent);
  const found: StandinStatus[] = [];
  const open = [...(children.get(id) ?? [])].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    open.push(...[...(children.get(next.id) ?? [])].reverse());
  }
  return found;
}

function depthBelow({ statuses }: MastodonStandin, status: StandinStatus, root: string): number {
  let depth = 1;
  for (let at = status; at.parent !== null && at.parent !== root; depth++) {
    const parent = statuses.get(at.parent);
    if (parent === undefined) break;
    at = parent;
  }
  return depth;
}

function entityOf(standin: MastodonStandin, status: StandinStatus): Record<string, unknown> {
  const { origin, statuses } = standin;
  const { id, account } = status;
  return {
    id,
    uri: `${origin}/users/${account.username}/statuses/${id}`,
    url: `${origin}/@${account.username}/${id}`,
    created_at: "2026-02-01T10:00:00.000Z",
    edited_at: status.edited ?? null,
    in_reply_to_id: status.parent !== null && statuses.has(status.parent) ? status.parent : null,
    sensitive: false,
    spoiler_text: "",
    visibility: "public",
    language: "en",
    content: status.content,
    account: accountEntity(standin, account),
    media_attachments: [],
    mentions: [],
    tags: [],
    emojis: [],
    card: null,
    poll: null,
    replies_count: [...statuses.values()].filter(({ parent }) => parent === id).length,
    reblogs_count: standin.boosts.get(id)?.length ?? 0,
    favourites_count: standin.favourites.get(id)?.length ?? 0,
    quotes_count: standin.quotes.get(id)?.length ?? 0,
    ...status.changes,
  };
}

function accountEntity({ origin }: MastodonStandin, account: StandinAccount): Record<string, unknown> {
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    url: `${origin}/@${account.username}`,
    uri: `${origin}/users/${account.username}`,
    display_name: `Person ${account.username}`,
    note: "",
    avatar: `${origin}/avatars/original/missing.png`,
    avatar_static: `${origin}/avatars/original/missing.png`,
    indexable: true,
    fields: [],
    emojis: [],
    ...account.changes,
  };
}

/** Returns an account with a name. */
export function account(username: string, changes: Readonly<Record<string, unknown>> = {}): StandinAccount {
  return { id: `7${[...username].map((letter) => letter.charCodeAt(0)).join("")}`, username, changes };
}
