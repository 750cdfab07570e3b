/**
 * WebSub (W3C Recommendation 2018-01-23) for a publisher: tells the hub that a feed has new content. How is left open by
 * section 6; hubs take a POST with `hub.mode=publish` and `hub.url`.
 */
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";

/** A feed of the blog as it was built. */
export interface BuiltFeed {
  /** Its address, which the feed names as `rel=self`. */
  readonly url: string;
  /** Hash of its bytes. */
  readonly hash: string;
}

/** `unchanged`: the hub was notified of this content before. `not-live`: the address doesn't show the content yet. */
export type PingOutcome = "sent" | "unchanged" | "not-live" | "failed";

export interface PingReport {
  readonly url: string;
  readonly outcome: PingOutcome;
  /** One line, empty when there is nothing to say. */
  readonly message: string;
}

export interface PingOptions {
  readonly client: GuardedClient;
  readonly hub: string;
  readonly feeds: readonly BuiltFeed[];
  /** Hashes by address of what the hub was notified of before. */
  readonly told: ReadonlyMap<string, string>;
  readonly hashOf: (bytes: Uint8Array) => string;
  readonly isDryRun: boolean;
}

/** The hub refetches a feed at once, so it is notified only of changed feeds whose content is live. */
export async function pingHub(options: PingOptions): Promise<PingReport[]> {
  const reports: PingReport[] = [];
  for (const feed of options.feeds) reports.push(await pingFeed(feed, options));
  return reports;
}

async function pingFeed({ url, hash }: BuiltFeed, options: PingOptions): Promise<PingReport> {
  if (options.told.get(url) === hash) return { url, outcome: "unchanged", message: "" };
  try {
    const live = await options.client.fetch(url, { maxBytes: 16 * 1024 * 1024 });
    if (live.status !== 200 || options.hashOf(live.bytes) !== hash) {
      const shown = live.status === 200 ? "other content than the build" : String(live.status);
      return { url, outcome: "not-live", message: `the address shows ${shown}` };
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
      message: isTaken ? "" : `the hub answered with ${status}`,
    };
  } catch (error) {
    if (error instanceof FetchError) return { url, outcome: "failed", message: error.message };
    throw error;
  }
}
