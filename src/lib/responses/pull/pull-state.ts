/** State from which the next pull continues: `content/responses/_pulled.json`, used only by `pull`. */
import * as z from "zod";
import { readFileIfExists, responsesFile, writeFileAtomic } from "../store.ts";
import { jsonOf } from "../../json-of.ts";

const stateSchema = z.object({
  /** API and domain of this state; a pull with others starts from the beginning. */
  api: z.string(),
  domain: z.string(),
  /** Highest `wm-id` seen. */
  sinceId: z.int().nonnegative(),
  /** Day of the last sweep through all mentions, such as `2026-11-22`. */
  swept: z.iso.date(),
});

export type PullState = z.infer<typeof stateSchema>;

const FILE = "_pulled.json";

/** Returns the state of the last pull from the same API and domain, or null; the pull then fetches everything. */
export function readPullState(contentDir: string, api: string, domain: string): PullState | null {
  const text = readFileIfExists(responsesFile(contentDir, FILE).path);
  const state = text === null ? null : stateSchema.safeParse(jsonOf(text));
  // Invalid state only causes an additional sweep.
  if (state === null || !state.success) return null;
  return state.data.api === api && state.data.domain === domain ? state.data : null;
}

/** @returns whether the file changed. */
export function writePullState(contentDir: string, { api, domain, sinceId, swept }: PullState): boolean {
  const file = responsesFile(contentDir, FILE).path;
  const text = `${JSON.stringify({ api, domain, sinceId, swept }, null, 2)}\n`;
  if (readFileIfExists(file) === text) return false;
  writeFileAtomic(file, text);
  return true;
}
