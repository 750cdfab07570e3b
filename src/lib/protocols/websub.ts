/**
 * WebSub (W3C Recommendation 2018-01-23) for publishers: notifies the hub of new content in a feed. Section 6 leaves
 * the request format open; hubs accept a POST with `hub.mode=publish` and `hub.url`.
 */
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";

/** A feed in the blog's build output. */
export interface BuiltFeed {
  /** Address of the feed, the same as its `rel=self` link. */
  readonly url: string;
  /** Hash of the feed's bytes. */
  readonly hash: string;
}

/** `unchanged`: the hub was already notified of this content. `not-live`: the content isn't deployed yet. */
export type PingOutcome = "sent" | "unchanged" | "not-live" | "failed";

export interface PingReport {
  readonly url: string;
  readonly outcome: PingOutcome;
  /** One line, or empty. */
  readonly message: string;
}

export interface PingOptions {
  readonly client: GuardedClient;
  readonly hub: string;
  readonly feeds: readonly BuiltFeed[];
  /** Hashes of the content that the hub was last notified of, by feed URL. */
  readonly lastNotified: ReadonlyMap<string, string>;
  readonly hashOf: (bytes: Uint8Array) => string;
  readonly isDryRun: boolean;
}

/** Notifies the hub of changed feeds whose new content is live, because the hub fetches a feed immediately. */
export async function pingHub(options: PingOptions): Promise<PingReport[]> {
  const reports: PingReport[] = [];
  for (const feed of options.feeds) reports.push(await pingFeed(feed, options));
  return reports;
}

async function pingFeed({ url, hash }: BuiltFeed, options: PingOptions): Promise<PingReport> {
  if (options.lastNotified.get(url) === hash) return { url, outcome: "unchanged", message: "" };
  try {
    const live = await options.client.fetch(url, { maxBytes: 16 * 1024 * 1024 });
    if (live.status !== 200 || options.hashOf(live.bytes) !== hash) {
      const message =
        live.status === 200
          ? "the live feed isn't the built version"
          : `the feed returns HTTP ${live.status}`;
      return { url, outcome: "not-live", message };
    }
    if (options.isDryRun) return { url, outcome: "sent", message: "" };
    const { status } = await options.client.fetch(options.hub, {
      method: "POST",
      body: {
        type: "application/x-www-form-urlencoded",
        content: new URLSearchParams({ "hub.mode": "publish", "hub.url": url }).toString(),
      },
      whenTooLarge: "truncate",
    });
    const isTaken = status >= 200 && status < 300;
    return {
      url,
      outcome: isTaken ? "sent" : "failed",
      message: isTaken ? "" : `the hub returned HTTP ${status}`,
    };
  } catch (error) {
    if (error instanceof FetchError) return { url, outcome: "failed", message: error.message };
    throw error;
  }
}
