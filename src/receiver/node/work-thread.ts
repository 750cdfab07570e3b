/** Works on the queue in a thread, so that reading a large page never keeps a sender waiting. */
import { parentPort, workerData } from "node:worker_threads";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { optionsFrom } from "../options.ts";
import { NO_POSTS } from "../posts.ts";
import { randomToken } from "../secrets.ts";
import { openSqlite } from "../store/sqlite.ts";
import { recentSpam } from "../verify/recent-spam.ts";
import { startWorkLoop } from "./work-loop.ts";

/** Start data of the thread. */
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
  // Verification has the post from the one who accepted the notification.
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
