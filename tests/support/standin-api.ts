/**
 * Stand-ins on loopback for the services that `pull` uses: a JF2 API that behaves like webmention.io's, and GitHub's
 * GraphQL API for Discussions. Their state is plain data that tests change; faults are injected per request.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** Fault of a request. `slow` never responds; `truncated` closes the connection in the middle of the response. */
export type Fault =
  | "none"
  | "500"
  | "503"
  | "404"
  | "slow"
  | "truncated"
  | "not-json"
  | "html"
  | "wrong-shape"
  | "huge"
  | "rate-limit"
  | "rate-limit-403"
  | "revoked"
  | "reset"
  | "redirect"
  | "empty-body"
  | "graphql-rate-limit"
  | "graphql-forbidden";

/** A mention in any of the shapes of webmention.io's JF2. */
export type Jf2Child = Readonly<Record<string, unknown>> & {
  readonly "wm-id": number;
  readonly "wm-source": string;
};

export interface StandinComment {
  id: string;
  url: string;
  author: { login: string; url: string; avatarUrl: string } | null;
  bodyHTML: string;
  createdAt: string;
  lastEditedAt: string | null;
  deletedAt: string | null;
  isMinimized: boolean;
  minimizedReason: string | null;
  reactionGroups: { content: string; reactors: { totalCount: number } }[];
  replies: StandinComment[];
}

export interface StandinDiscussion {
  id: string;
  url: string;
  title: string;
  createdAt: string;
  reactionGroups: { content: string; reactors: { totalCount: number } }[];
  comments: StandinComment[];
}

export interface StandinApi {
  /** Base URL of the JF2 API, with a trailing slash. */
  readonly api: string;
  readonly graphql: string;
  /** Other paths on this origin serve `files`. */
  readonly origin: string;
  /** Mentions that aren't deleted; the API sorts them. */
  mentions: Jf2Child[];
  deleted: { "wm-id": number; "wm-source": string; "wm-target": string }[];
  discussions: StandinDiscussion[];
  /** Pictures and pages by path. */
  files: Map<string, { type: string; body: string | Uint8Array }>;
  /** Accepted token; null when none is required. */
  token: string | null;
  /** Whether `deleted.jf2` exists. */
  hasDeletedList: boolean;
  /** Whether `since_id` is supported. */
  knowsSinceId: boolean;
  /** Whether responses have a `paging` object. */
  tellsPaging: boolean;
  /** Maximum number of entries on a page, whatever is requested. */
  maxPerPage: number;
  /** Entries on a page of the GraphQL API. */
  graphqlPerPage: number;
  /** Called before each response; returns the fault. May also change the state. */
  onRequest: (path: string, number: number) => Fault;
  /** Paths with their queries, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts both stand-ins on one port on loopback. */
export async function startStandinApi(): Promise<StandinApi> {
  const server = createServer((request, response) => {
    handle(standin, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${portOf(server)}`;
  const standin: StandinApi = {
    api: `${origin}/api/`,
    graphql: `${origin}/graphql`,
    origin,
    mentions: [],
    deleted: [],
    discussions: [],
    files: new Map(),
    token: null,
    hasDeletedList: true,
    knowsSinceId: true,
    tellsPaging: true,
    maxPerPage: 1000,
    graphqlPerPage: 100,
    onRequest: () => "none",
    requests: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return standin;
}

async function handle(
  standin: StandinApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", standin.origin);
  const body = await bodyOf(request);
  standin.requests.push(url.pathname + url.search);
  const fault = standin.onRequest(url.pathname, standin.requests.length);
  const isGraphQl = url.pathname === "/graphql";
  const answer = isGraphQl ? graphql(standin, body) : apiAnswer(standin, url);
  const text = answer === null ? null : JSON.stringify(answer);
  if (fault !== "none") return misbehave(fault, text ?? "{}", response);
  const file = standin.files.get(url.pathname);
  if (file !== undefined) {
    response.setHeader("content-type", file.type);
    response.end(file.body);
    return;
  }
  if (!isAuthorised(standin, request, url)) return send(response, 401, '{"error":"forbidden"}');
  if (text === null) return send(response, 404, '{"error":"not_found"}');
  send(response, 200, text);
}

function isAuthorised(standin: StandinApi, request: IncomingMessage, url: URL): boolean {
  const given = request.headers.authorization?.replace(/^bearer /i, "") ?? url.searchParams.get("token");
  return standin.token === null || given === standin.token;
}

function apiAnswer(standin: StandinApi, url: URL): object | null {
  const isDeleted = url.pathname === "/api/deleted.jf2";
  if (isDeleted && !standin.hasDeletedList) return null;
  if (!isDeleted && url.pathname !== "/api/mentions.jf2") return null;
  const { searchParams } = url;
  const sinceId = standin.knowsSinceId ? Number(searchParams.get("since_id") ?? 0) : 0;
  const direction = searchParams.get("sort-dir") === "up" ? 1 : -1;
  const list: readonly { readonly "wm-id": number }[] = isDeleted ? standin.deleted : standin.mentions;
  const all = list
    .filter((child) => child["wm-id"] > sinceId)
    .sort((a, b) => direction * (a["wm-id"] - b["wm-id"]));
  const perPage = Math.min(Number(searchParams.get("per-page") ?? 20), standin.maxPerPage);
  const page = Number(searchParams.get("page") ?? 0);
  const children = all.slice(page * perPage, (page + 1) * perPage);
  const paging = {
    "per-page": perPage,
    page,
    total: all.length,
    "total-pages": Math.ceil(all.length / perPage),
  };
  return { type: "feed", name: "Webmentions", children, ...(standin.tellsPaging ? { paging } : {}) };
}

interface GraphQlRequest {
  readonly query: string;
  readonly variables: { readonly after?: string | null; readonly id?: string };
}

function graphql(standin: StandinApi, body: string): object {
  const { query, variables } = JSON.parse(body) as GraphQlRequest;
  const size = standin.graphqlPerPage;
  const comments = standin.discussions.flatMap((discussion) => discussion.comments);
  if (query.includes("repository(")) {
    const page = pageOf(standin.discussions, variables.after, size);
    const nodes = page.nodes.map((each) => ({ ...each, comments: commentsPage(each, null, size) }));
    return { data: { repository: { discussions: { ...page, nodes } } } };
  }
  const discussion = standin.discussions.find(({ id }) => id === variables.id);
  if (discussion !== undefined) {
    return { data: { node: { comments: commentsPage(discussion, variables.after ?? null, size) } } };
  }
  const comment = comments.find(({ id }) => id === variables.id);
  return {
    data: {
      node: comment === undefined ? null : { replies: pageOf(comment.replies, variables.after, size) },
    },
  };
}

function commentsPage(discussion: StandinDiscussion, after: string | null, size: number): object {
  const page = pageOf(discussion.comments, after, size);
  return {
    ...page,
    nodes: page.nodes.map((each) => ({ ...each, replies: pageOf(each.replies, null, size) })),
  };
}

/** Returns a page of a GraphQL connection; cursors are entry numbers. */
function pageOf<Node>(nodes: readonly Node[], after: string | null | undefined, size: number) {
  const start = Number(after ?? 0);
  const end = start + size;
  return {
    pageInfo: { hasNextPage: end < nodes.length, endCursor: String(end) },
    nodes: nodes.slice(start, end),
  };
}

function misbehave(fault: Exclude<Fault, "none">, text: string, response: ServerResponse): void {
  switch (fault) {
    case "slow":
      return;
    case "reset":
      response.destroy();
      return;
    case "truncated":
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": String(text.length + 1000),
      });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
      return;
    case "huge":
      response.writeHead(200, { "content-type": "application/json" });
      response.end(`{"children":["${"x".repeat(17 * 1024 * 1024)}"]}`);
      return;
    case "rate-limit":
      response.setHeader("retry-after", "60");
      return send(response, 429, '{"error":"slow_down"}');
    case "rate-limit-403":
      response.setHeader("x-ratelimit-remaining", "0");
      return send(response, 403, '{"message":"API rate limit exceeded"}');
    case "revoked":
      return send(response, 401, '{"message":"Bad credentials"}');
    case "redirect":
      response.setHeader("location", "http://127.0.0.1:1/elsewhere");
      return send(response, 302, "");
    case "not-json":
      return send(response, 200, text.slice(0, -2));
    case "html":
      return send(response, 200, "<!doctype html><title>Maintenance</title>");
    case "wrong-shape":
      return send(response, 200, '{"links":[]}');
    case "empty-body":
      return send(response, 200, "");
    case "graphql-rate-limit":
      return send(response, 200, '{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}');
    case "graphql-forbidden":
      return send(
        response,
        200,
        '{"data":null,"errors":[{"type":"FORBIDDEN","message":"Resource not accessible"}]}',
      );
    default:
      return send(response, Number(fault), '{"error":"fault"}');
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port");
  return address.port;
}
