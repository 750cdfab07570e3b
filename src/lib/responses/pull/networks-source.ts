/** Mastodon and Bluesky as a source of a pull. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { folderStore, noStore } from "../../networks/http-store.ts";
import { asksNetworks, pullNetworks } from "../../networks/pull-networks.ts";
import { networkSession } from "../../networks/session.ts";
import { turnsIn } from "../../networks/turns.ts";
import { blogOwner } from "../own-responses.ts";
import { siteUrls } from "../../site/urls.ts";
import { targetIndex } from "../targets.ts";
import type { DraftSpool } from "./draft-spool.ts";
import type { PullOptions } from "./pull.ts";
import type { SourceResult } from "./source-result.ts";
import type { StoredName } from "./stored-conversation.ts";

/** Servers with a longer wait are skipped until the next pull. */
const MAX_WAIT_MS = 60_000;

/** Returns a function that fetches all threads, or null if there is nothing to fetch from a network. */
export function networksSource(
  options: PullOptions,
  stored: readonly StoredName[],
  spool: DraftSpool,
): (() => Promise<SourceResult>) | null {
  const { blog, cacheDir = null, now } = options;
  const { settings, posts } = blog;
  const tokens = options.mastodonTokens ?? new Map<string, string>();
  if (!asksNetworks({ posts, settings, stored, tokens })) return null;
  return async () => {
    const folder = cacheDir === null ? null : path.join(cacheDir, "networks");
    const turns = turnsIn(folder === null ? null : path.join(folder, "turns.json"));
    const session = networkSession({
      client: options.client,
      store: folder === null ? noStore : folderStore(path.join(folder, "answers"), now),
      now: () => Date.now(),
      sleep: options.sleep ?? ((ms) => sleep(ms)),
      timeoutMs: options.timeoutMs,
      maxWaitMs: MAX_WAIT_MS,
    });
    const result = await pullNetworks({
      session,
      settings,
      posts,
      targets: targetIndex(blog),
      urls: siteUrls(
        settings,
        posts.flatMap(({ slug, path: own }) => (own === undefined ? [] : [{ slug, path: own }])),
      ),
      stored,
      spool,
      turns,
      now,
      owner: blogOwner(blog),
      tokens,
      onProgress: options.onProgress,
    });
    if (!options.isDryRun) turns.save();
    return result;
  };
}
