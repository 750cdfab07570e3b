import { spamMemory, type SpamMemory } from "../../lib/responses/spam.ts";
import type { Database } from "../store/database.ts";
import { recentRecords } from "../store/responses.ts";
import { rulesOf } from "../store/rules.ts";

/** Number of newest responses used to recognize spam. */
const REMEMBERED = 300;
/** How long the result is cached, since reading the responses takes longer than a verification. */
const FRESH_MS = 10_000;

/** Spam signals from the newest responses and the blocked domains, cached for ten seconds. */
export function recentSpam(database: Database, now: () => number): () => Promise<SpamMemory> {
  let remembered: { readonly memory: Promise<SpamMemory>; readonly until: number } | null = null;
  const read = async () => {
    const blocked = [...(await rulesOf(database))].filter(([, action]) => action === "block");
    return spamMemory(
      await recentRecords(database, REMEMBERED),
      blocked.map(([domain]) => domain),
    );
  };
  return async () => {
    if (remembered === null || remembered.until <= now())
      remembered = { memory: read(), until: now() + FRESH_MS };
    try {
      return await remembered.memory;
    } catch (error) {
      remembered = null;
      throw error;
    }
  };
}
