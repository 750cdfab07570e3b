import * as z from "zod";
import { FetchError } from "../protocols/fetch-error.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";

/** The Wayback Machine's availability API. */
export const WAYBACK_API = "https://archive.org/wayback/available";

const answerSchema = z.object({
  archived_snapshots: z.object({
    closest: z.object({ available: z.boolean(), url: z.url(), status: z.string() }).optional(),
  }),
});

/**
 * Address of the archived copy closest to a date; null if there is none, or if the archive doesn't answer.
 * @param date ISO 8601; null for the newest copy.
 */
export async function archivedCopy(
  url: string,
  date: string | null,
  client: GuardedClient,
  api: string = WAYBACK_API,
): Promise<string | null> {
  const query = new URLSearchParams({ url });
  if (date !== null) query.set("timestamp", date.slice(0, 10).replaceAll("-", ""));
  try {
    const answer = await client.fetch(`${api}?${query}`, { accept: "application/json", timeoutMs: 15_000 });
    const parsed = answerSchema.safeParse(JSON.parse(answer.text()));
    const closest = parsed.data?.archived_snapshots.closest;
    if (answer.status !== 200 || !closest?.available || closest.status !== "200") return null;
    const copy = new URL(closest.url);
    if (copy.hostname !== "web.archive.org") return null;
    copy.protocol = "https:";
    return copy.href;
  } catch (error) {
    if (error instanceof FetchError || error instanceof SyntaxError) return null;
    throw error;
  }
}
