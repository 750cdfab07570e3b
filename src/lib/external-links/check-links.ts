import * as z from "zod";
import { FetchError } from "../protocols/fetch-error.ts";
import { forEachByHost } from "../protocols/group-by-host.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import type { OutgoingLink } from "./outgoing-links.ts";

/** `dead`: the page is gone. `unclear`: the server blocks bots, is down or slow, so the page may still exist. */
const verdictSchema = z.enum(["alive", "dead", "unclear"]);

const resultSchema = z.object({
  verdict: verdictSchema,
  /** HTTP status or an error message. */
  reason: z.string(),
  /** Time of the check, ISO 8601. */
  checked: z.string(),
  /** Time of the first check that wasn't `alive`, ISO 8601; null if alive. */
  since: z.string().nullable(),
});
export type LinkResult = z.output<typeof resultSchema>;

/** Results by address, as stored between runs. */
export const linkResultsSchema = z.record(z.string(), resultSchema);

export interface CheckLinksOptions {
  readonly client: GuardedClient;
  /** Results of earlier runs. */
  readonly known: ReadonlyMap<string, LinkResult>;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called after each requested address, with all results so far. */
  readonly onProgress?: (done: number, total: number, results: ReadonlyMap<string, LinkResult>) => void;
}

const DAY_MS = 86_400_000;

/** Lifetime of a result. */
const HOLDS_MS = { alive: 30 * DAY_MS, dead: DAY_MS, unclear: DAY_MS } as const;

/** Pause between two requests to one host. */
const PAUSE_MS = 1000;

/**
 * Requests every address whose result is stale, once each and one at a time per host. Busy hosts get no more requests.
 * @returns the results of all addresses in `links`.
 */
export async function checkLinks(
  links: readonly OutgoingLink[],
  { client, known, now, sleep, onProgress }: CheckLinksOptions,
): Promise<Map<string, LinkResult>> {
  const addresses = [...new Set(links.map(({ url }) => withoutFragment(url)))];
  const results = new Map<string, LinkResult>();
  const isFresh = ({ verdict, checked }: LinkResult): boolean =>
    now().getTime() - Date.parse(checked) < HOLDS_MS[verdict];
  for (const url of addresses) {
    const earlier = known.get(url);
    if (earlier !== undefined && isFresh(earlier)) results.set(url, earlier);
  }
  const open = addresses.filter((url) => !results.has(url));
  const asked = new Set<string>();
  const busy = new Set<string>();
  let done = 0;
  await forEachByHost(
    open,
    (url) => url,
    async (url) => {
      const { host } = new URL(url);
      if (asked.has(host) && !busy.has(host)) await sleep(PAUSE_MS);
      asked.add(host);
      const earlier = known.get(url) ?? null;
      if (busy.has(host)) results.set(url, failed("unclear", `${host} is busy`, earlier, now()));
      else {
        const { result, isBusy } = await ask(url, client, earlier, now());
        if (isBusy) busy.add(host);
        results.set(url, result);
      }
      done += 1;
      onProgress?.(done, open.length, results);
    },
  );
  return results;
}

/** The address to request: servers don't see the fragment. */
export function withoutFragment(url: string): string {
  return url.replace(/#.*$/, "");
}

/** The result for an address that isn't alive. */
function failed(
  verdict: "dead" | "unclear",
  reason: string,
  earlier: LinkResult | null,
  now: Date,
): LinkResult {
  const checked = now.toISOString();
  return { verdict, reason, checked, since: earlier?.since ?? checked };
}

/** Requests an address. `isBusy`: the server asked to slow down (429, or 503 with `Retry-After`). */
async function ask(
  url: string,
  client: GuardedClient,
  earlier: LinkResult | null,
  now: Date,
): Promise<{ readonly result: LinkResult; readonly isBusy: boolean }> {
  try {
    const answer = await client.fetch(url, { wants: () => false, timeoutMs: 15_000 });
    const { status } = answer;
    const reason = `answers ${status}`;
    const isBusy = status === 429 || (status === 503 && answer.header("retry-after") !== null);
    if (status < 400)
      return { result: { verdict: "alive", reason, checked: now.toISOString(), since: null }, isBusy };
    const isGone = status === 404 || status === 410;
    return { result: failed(isGone ? "dead" : "unclear", reason, earlier, now), isBusy };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    // A DNS failure may be temporary, so it counts as dead only after a day.
    const since = earlier?.since ?? now.toISOString();
    const isGone = error.code === "dns" && now.getTime() - Date.parse(since) >= DAY_MS;
    return { result: failed(isGone ? "dead" : "unclear", error.message, earlier, now), isBusy: false };
  }
}
