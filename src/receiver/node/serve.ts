/** The receiver on a machine of one's own: Node's HTTP server, one SQLite file, the queue in the same process. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { createReceiver } from "../app.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import type { ReceiverOptions } from "../options.ts";
import type { Look } from "../pages/layout.ts";
import type { Posts } from "../posts.ts";
import { randomToken } from "../secrets.ts";
import type { Database } from "../store/database.ts";
import { recentSpam } from "../verify/recent-spam.ts";
import { clientAddress } from "./client-address.ts";
import { startWorkLoop, type WorkLoop } from "./work-loop.ts";

export interface ServeOptions {
  readonly options: ReceiverOptions;
  readonly database: Database;
  readonly client: GuardedClient;
  readonly posts: Posts;
  /** Left out where no Micropub is configured. */
  readonly micropub?: Micropub | null;
  /** The blog's; left out where it isn't known. */
  readonly look?: Look | undefined;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly log: (line: string) => void;
  readonly now?: () => number;
  /** Starts to work on the queue; by default in this thread. Null for a process that only answers. */
  readonly startLoop?: ((context: ReceiverContext) => WorkLoop) | null;
}

export interface RunningReceiver {
  readonly port: number;
  readonly context: ReceiverContext;
  /** Answers what has begun, finishes running jobs, closes the database. */
  readonly stop: () => Promise<void>;
}

/** A client that takes longer for its headers, or for its whole request, is cut off. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** The same where pictures are sent from telephones. */
const UPLOAD_TIMEOUT_MS = 120_000;
const MOST_CONNECTIONS = 1000;

/** Starts to listen and to work. @throws when the port can't be had. */
export async function serveReceiver(serve: ServeOptions): Promise<RunningReceiver> {
  const { options, database, client, posts, log, now = Date.now } = serve;
  let wake = (): void => undefined;
  const context: ReceiverContext = {
    options,
    database,
    client,
    posts,
    micropub: serve.micropub ?? null,
    spam: recentSpam(database, now),
    now,
    random: randomToken,
    wake: () => wake(),
    log,
  };
  const app = createReceiver(
    context,
    (request, bindings) => clientAddress(request, bindings, options.proxies),
    serve.look,
  );
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: context.micropub === null ? REQUEST_TIMEOUT_MS : UPLOAD_TIMEOUT_MS,
      connectionsCheckingInterval: 2000,
      maxHeaderSize: 16 * 1024,
    },
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(serve.port, serve.host, resolve);
  });
  const start = serve.startLoop === undefined ? startWorkLoop : serve.startLoop;
  const loop = start === null ? null : start(context);
  if (loop !== null) wake = loop.wake;
  return {
    port: portOf(server.address()),
    context,
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      });
      await loop?.stop();
      database.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("The server has no port");
}
