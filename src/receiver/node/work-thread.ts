/** Processes the queue in a thread, so that parsing a large page doesn't delay responses to senders. */
import { parentPort, workerData } from "node:worker_threads";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { optionsFrom } from "../options.ts";
import { NO_POSTS } from "../posts.ts";
import { randomToken } from "../secrets.ts";
import { openSqlite } from "../store/sqlite.ts";
import { recentSpam } from "../verify/recent-spam.ts";
import { startWorkLoop } from "./work-loop.ts";

/** Worker data of the thread. */
export interface WorkThreadData {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: string;
  readonly allowLoopback: boolean;
}

export type ToThread = "wake" | "stop";

export interface FromThread {
  readonly log: string;
}

const data: WorkThreadData = workerData;
const options = optionsFrom(data.env);
const database = openSqlite(data.file);
const loop = startWorkLoop({
  options,
  database,
  client: createGuardedClient({ siteUrl: options.site, allowLoopback: data.allowLoopback }),
  // Not needed: the payload of a verification job includes its post.
  posts: NO_POSTS,
  micropub: null,
  spam: recentSpam(database, Date.now),
  now: Date.now,
  random: randomToken,
  wake: () => loop.wake(),
  log: (line) => parentPort?.postMessage({ log: line } satisfies FromThread),
});

parentPort?.on("message", (message: ToThread) => {
  if (message === "wake") loop.wake();
  else void loop.stop().then(end);
});

function end(): void {
  database.close();
  parentPort?.close();
}
