/** Deletes data that is no longer needed, see "What is stored" in docs/receiver.md. */
import { tombstoneOf } from "../lib/responses/moderation.ts";
import type { ReceiverContext } from "./context.ts";
import { forgetTokenStatements } from "./auth/tokens.ts";
import { forgetStatements } from "./limits.ts";
import { forgetMediaStatements } from "./store/media.ts";
import { statusStatements, storedOf } from "./store/responses.ts";
import { statement } from "./store/database.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Deletes status pages and spam older than `keepDays`, and expired rate-limit counters, tokens and uploads. */
export async function tidyUp({ database, options, now }: ReceiverContext): Promise<void> {
  const at = now();
  const before = at - options.keepDays * DAY_MS;
  const published = "EXISTS (SELECT 1 FROM publication WHERE response = response.id)";
  const spam = "status = 'spam' AND changed < ?";
  const rows = await database.all(`SELECT * FROM response WHERE ${spam} AND ${published}`, before);
  await database.batch([
    ...forgetStatements(at),
    ...forgetTokenStatements(at),
    ...forgetMediaStatements(at),
    statement("DELETE FROM notification WHERE state = 'done' AND received < ?", before),
    statement(`DELETE FROM response WHERE ${spam} AND NOT ${published}`, before),
    // Keep a tombstone of responses that were once published, so that API clients see the deletion.
    ...rows
      .map(storedOf)
      .flatMap((response) =>
        statusStatements(response, "deleted", tombstoneOf(response.record, "moderator"), at),
      ),
  ]);
}
