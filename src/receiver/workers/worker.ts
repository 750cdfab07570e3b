/** The receiver on Cloudflare Workers, `main` in the wrangler file of docs/receiver.md. */
import { AuthorError } from "../../lib/author-error.ts";
import { createReceiver } from "../app.ts";
import { apiStore } from "../content/api-store.ts";
import type { Micropub, ReceiverContext } from "../context.ts";
import { tidyUp } from "../housekeeping.ts";
import { optionsFrom, unknownSettings, type ReceiverOptions } from "../options.ts";
import { plainLook } from "../pages/layout.ts";
import { publishedLook, type LookSource } from "../published-look.ts";
import { publishedPosts } from "../published-posts.ts";
import { randomToken } from "../secrets.ts";
import { openD1, type D1Binding } from "../store/d1.ts";
import { recentSpam } from "../verify/recent-spam.ts";
import { workUntilIdle } from "../worker.ts";
import { cleanPicture } from "./clean-picture.ts";
import { fetchClient } from "./fetch-client.ts";

interface Bindings extends Record<string, unknown> {
  readonly DATABASE?: D1Binding;
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

/** Number of concurrent jobs: a Worker can have six open connections. */
const CONCURRENCY = 3;

interface Shared extends Omit<ReceiverContext, "wake"> {
  readonly looks: LookSource;
}

/** Creates the handlers. The requests of a Worker share the opened database and the cached posts. */
function receiverWorker() {
  let opening: Promise<Shared> | null = null;
  const contextFor = async (
    env: Bindings,
    execution: ExecutionContext,
  ): Promise<Shared & ReceiverContext> => {
    opening ??= open(env);
    try {
      const shared = await opening;
      const context: Shared & ReceiverContext = {
        ...shared,
        wake: () => execution.waitUntil(workUntilIdle(context, CONCURRENCY)),
      };
      return context;
    } catch (error) {
      opening = null;
      throw error;
    }
  };
  return {
    /** Handles a request. Jobs that it queues continue after the response is sent. */
    async fetch(request: Request, env: Bindings, execution: ExecutionContext): Promise<Response> {
      const context = await contextFor(env, execution).catch(unlessOperators);
      if (context === null) return new Response(NOT_SET_UP, { status: 500 });
      const app = createReceiver(context, (asked) => asked.headers.get("cf-connecting-ip"), context.looks);
      return await app.fetch(request, env);
    },
    /** Handles a cron trigger: runs due jobs, including retries and jobs of terminated Workers, and cleans up. */
    async scheduled(_event: unknown, env: Bindings, execution: ExecutionContext): Promise<void> {
      const context = await contextFor(env, execution).catch(unlessOperators);
      if (context === null) return;
      await workUntilIdle(context, CONCURRENCY);
      await tidyUp(context);
    },
  };
}

const NOT_SET_UP = "The receiver isn't set up yet; its log says what is missing\n";

/** Logs configuration errors and returns null; throws other errors. */
function unlessOperators(error: unknown): null {
  if (!(error instanceof AuthorError)) throw error;
  console.error(error.message);
  return null;
}

async function open(env: Bindings): Promise<Shared> {
  const options = optionsFrom(env);
  for (const line of unknownSettings(env)) console.warn(line);
  if (env.DATABASE === undefined)
    throw new AuthorError([
      {
        message: "The binding DATABASE is missing",
        file: "wrangler.toml",
        hint: "The wrangler file has to name a D1 database with the binding DATABASE: docs/receiver.md has an example.",
      },
    ]);
  const allowLoopback = env["BACKFENCE_ALLOW_LOOPBACK"] === "1";
  const client = fetchClient({ siteUrl: options.site, allowLoopback });
  const database = await openD1(env.DATABASE);
  return {
    options,
    database,
    client,
    spam: recentSpam(database, Date.now),
    micropub: micropubFor(options),
    looks: publishedLook(options.site, plainLook(options), client, Date.now),
    posts: publishedPosts(options.site, `${options.url}/webmention`, client, Date.now),
    now: Date.now,
    random: randomToken,
    log: (line) => console.log(line),
  };
}

/** Micropub settings for Workers, which have no git, so that posts are committed by the API of a git host. */
function micropubFor({ micropub: options }: ReceiverOptions): Micropub | null {
  if (options === null) return null;
  const store = apiStore(options);
  if (store === null)
    throw new AuthorError([
      {
        message: "RECEIVER_MICROPUB=git needs a checkout, which Workers don't have",
        file: "environment",
        hint: "Name a repository instead: RECEIVER_MICROPUB=github:me/blog",
      },
    ]);
  return { store, options, cleanPicture, textProblems: () => Promise.resolve([]) };
}

export default receiverWorker();
