/** The self-hosted receiver: Node's HTTP server, a SQLite database, and the queue in the same process. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { createReceiver } from "../app.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import type { ReceiverOptions } from "../options.ts";
import type { Posts } from "../posts.ts";
import type { LookSource } from "../published-look.ts";
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
  /** Omitted or null when Micropub isn't configured. */
  readonly micropub?: Micropub | null;
  readonly looks: LookSource;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly log: (line: string) => void;
  readonly now?: () => number;
  /** Starts processing the queue, by default in this thread. Null for a process that only handles requests. */
  readonly startLoop?: ((context: ReceiverContext) => WorkLoop) | null;
}

export interface RunningReceiver {
  readonly port: number;
  readonly context: ReceiverContext;
  /**
   * Finishes open requests and running jobs, then closes the database. After eight seconds the rest is aborted; another
   * process continues its jobs.
   */
  readonly stop: () => Promise<void>;
}

/** Connections of clients that take longer to send the headers, or the whole request, are closed. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Request timeout with Micropub, for pictures uploaded from phones. */
const UPLOAD_TIMEOUT_MS = 120_000;
const MOST_CONNECTIONS = 1000;
/** Maximum wait for open requests and running jobs: containers are killed after ten seconds. */
const STOP_MS = 8000;

/** Starts listening and processing the queue. @throws when the port isn't available. */
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
    serve.looks,
  );
  let isStopping = false;
  const server = createAdaptorServer({
    fetch: async (request, bindings) => {
      const response = await app.fetch(request, bindings);
      // Close keep-alive connections, or the server would wait for their clients.
      if (isStopping) response.headers.set("connection", "close");
      return response;
    },
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
      isStopping = true;
      const deadline = AbortSignal.timeout(STOP_MS);
      deadline.addEventListener("abort", () => {
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      await new Promise((resolve) => server.close(resolve));
      await loop?.stop(deadline);
      database.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("The server has no port");
}
