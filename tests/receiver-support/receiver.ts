/** A receiver on loopback for a small blog, and other sites that it can fetch. */
import { createGuardedClient } from "../../src/lib/protocols/guarded-fetch.ts";
import type { Resolver } from "../../src/lib/protocols/validate-url.ts";
import { serveReceiver, type RunningReceiver } from "../../src/receiver/node/serve.ts";
import type { Micropub } from "../../src/receiver/context.ts";
import { optionsFrom, type MicropubOptions, type ReceiverOptions } from "../../src/receiver/options.ts";
import { plainLook, type Look } from "../../src/receiver/pages/layout.ts";
import { fixedLook } from "../../src/receiver/published-look.ts";
import { postsOf, type Posts } from "../../src/receiver/posts.ts";
import { notificationBy, type Notification } from "../../src/receiver/store/notifications.ts";
import { responsesIn, type StoredResponse } from "../../src/receiver/store/responses.ts";
import { moderate } from "../../src/receiver/moderate.ts";
import { startServer, type SeenRequest } from "../support/http-server.ts";
import type { TestDatabase } from "./databases.ts";

export const SITE = "https://me.example/";
export const HELLO = `${SITE}posts/hello/`;
export const CLOSED = `${SITE}posts/closed/`;
/** Maximum wait for a verification. */
const VERIFICATION_MS = 60_000;
export const TOKEN = "a-token-of-the-operator";

/** A page of another site: HTML, or a complete response. */
export type Page =
  | string
  | {
      readonly status?: number;
      readonly type?: string;
      readonly body?: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string>>;
      /** Whether the server never responds. */
      readonly isSilent?: boolean;
    };

export interface TestReceiver extends AsyncDisposable {
  readonly origin: string;
  readonly running: RunningReceiver;
  readonly options: ReceiverOptions;
  /** Adds or replaces a page of another site. @returns its URL. */
  page(path: string, page: Page): string;
  /** Adds a page that links to a URL. @returns its URL. */
  linking(path: string, target?: string, more?: string): string;
  readonly seen: readonly SeenRequest[];
  /** Sends a form. */
  post(path: string, fields: Readonly<Record<string, string>>, init?: RequestInit): Promise<Response>;
  /** Sends a webmention and waits for its verification. */
  mention(source: string, target?: string): Promise<Notification>;
  /** Waits for the verification with the given status page. */
  verified(location: string): Promise<Notification>;
  get(path: string, init?: RequestInit): Promise<Response>;
  responses(status?: StoredResponse["status"]): Promise<readonly StoredResponse[]>;
  decide(id: number, status: StoredResponse["status"]): Promise<void>;
  /** Advances the clock. */
  pass(ms: number): void;
}

export interface TestOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly hasWorker?: boolean;
  readonly posts?: Posts;
  /** Resolves host names of other sites. */
  readonly resolve?: Resolver;
  /** Creates the Micropub part with the options from `env`. */
  readonly micropub?: (options: MicropubOptions | null) => Micropub;
  readonly site?: string;
  readonly now?: () => number;
  readonly log?: (line: string) => void;
  /** Port to listen on; also used in its public URL. */
  readonly port?: number;
  /** Look of its pages; the default is that of a receiver without the blog's look. */
  readonly look?: Look;
}

/** Starts a receiver on an opened database. */
export async function startReceiver(
  { database }: Pick<TestDatabase, "database">,
  given: TestOptions = {},
): Promise<TestReceiver> {
  const pages = new Map<string, Page>();
  const others = await startServer((request, response) => {
    const page = pages.get(request.url);
    if (page === undefined) {
      response.writeHead(404, { "content-type": "text/html" }).end("<p>Nothing here");
      return;
    }
    const {
      status = 200,
      type = "text/html; charset=utf-8",
      body = "",
      headers = {},
      isSilent = false,
    } = typeof page === "string" ? { body: page } : page;
    if (!isSilent) response.writeHead(status, { "content-type": type, ...headers }).end(body);
  });
  const options = optionsFrom({
    RECEIVER_SITE: given.site ?? SITE,
    RECEIVER_URL: `http://127.0.0.1:${given.port ?? 1}`,
    RECEIVER_TOKEN: TOKEN,
    RECEIVER_MAX_PER_ADDRESS: "100000",
    RECEIVER_MAX_PER_HOST: "100000",
    RECEIVER_MAX_PER_PAIR: "1000",
    RECEIVER_MAX_COMMENTS: "1000",
    ...given.env,
  });
  let shift = 0;
  const running = await serveReceiver({
    options,
    database,
    client: createGuardedClient({
      siteUrl: options.site,
      allowLoopback: true,
      timeoutMs: 3000,
      resolve: given.resolve,
    }),
    posts: given.posts ?? testPosts(options.site),
    micropub: given.micropub?.(options.micropub) ?? null,
    looks: fixedLook(given.look ?? plainLook(options)),
    host: "127.0.0.1",
    port: given.port ?? 0,
    log: given.log ?? (() => undefined),
    now: given.now ?? (() => Date.now() + shift),
    ...(given.hasWorker === false ? { startLoop: null } : {}),
  });
  const origin = `http://127.0.0.1:${running.port}`;
  // The public URL may differ from the address on which it listens.
  const local = (address: string) => new URL(new URL(address, origin).pathname, origin);
  const receiver: TestReceiver = {
    origin,
    running,
    options,
    seen: others.seen,
    page: (path, page) => {
      pages.set(path, page);
      return others.origin + path;
    },
    linking: (path, target = HELLO, more = "") =>
      receiver.page(path, `<!doctype html><p>I read <a href="${target}">this</a>.</p>${more}`),
    post: (path, fields, init = {}) =>
      receiver.get(path, { method: "POST", body: new URLSearchParams(fields), ...init }),
    mention: async (source, target = HELLO) => {
      const answer = await receiver.post("/webmention", { source, target });
      const location = answer.headers.get("location");
      if (answer.status !== 201 || location === null)
        throw new Error(`${answer.status}: ${await answer.text()}`);
      return await receiver.verified(location);
    },
    verified: async (location) => {
      const token = local(location).pathname.split("/").at(-1) ?? "";
      const end = performance.now() + VERIFICATION_MS;
      while (performance.now() < end) {
        const found = await notificationBy(database, token);
        if (found === null) throw new Error("There is no such notification");
        if (found.isDone || found.message !== "") return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error("It wasn't verified");
    },
    get: (path, init = {}) => {
      const headers = new Headers(init.headers);
      // The server closes idle connections, in the worst case while the next request is being sent.
      headers.set("connection", "close");
      return fetch(origin + path, { redirect: "manual", ...init, headers });
    },
    responses: (status = "pending") => responsesIn(database, status, 1000),
    decide: async (id, status) => {
      await moderate(running.context, id, status);
    },
    pass: (ms) => {
      shift += ms;
      running.context.wake();
    },
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await others[Symbol.asyncDispose]();
    },
  };
  return receiver;
}

/** Returns two posts, one of which is closed for responses. */
export function testPosts(site: string): Posts {
  const found = postsOf({
    settings: { url: site },
    tombstones: [],
    posts: [
      {
        slug: "hello",
        id: "hello",
        path: "/posts/hello/",
        aliases: ["/2008/03/hello.html"],
        canonical: null,
        lang: "en",
        title: "Hello & <co>",
        comments: "open",
        tags: ["neighbours", "fences"],
      },
      {
        slug: "closed",
        id: "closed",
        path: "/posts/closed/",
        aliases: [],
        canonical: null,
        lang: "en",
        title: "Closed",
        comments: "closed",
        tags: [],
      },
    ],
  });
  return {
    byUrl: (address) => Promise.resolve(found.byUrl(address)),
    bySlug: (slug) => Promise.resolve(found.bySlug(slug)),
    tags: () => Promise.resolve(found.tags),
  };
}
