/** Where `pull` goes on from next time: `content/responses/_pulled.json`, read by nothing else. */
import * as z from "zod";
import { readIfThere, responsesFile, writeWhole } from "../store.ts";
import { jsonOf } from "../../json-of.ts";

const stateSchema = z.object({
  /** API and domain to which the rest belongs; another one starts from the beginning. */
  api: z.string(),
  domain: z.string(),
  /** Highest `wm-id` seen. */
  sinceId: z.int().nonnegative(),
  /** Day of the last sweep through all mentions, `2026-11-22`. */
  swept: z.iso.date(),
});

export type PullState = z.infer<typeof stateSchema>;

const FILE = "_pulled.json";

/** The state of an earlier pull from the same API and domain, or null: then everything is asked for. */
export function readPullState(contentDir: string, api: string, domain: string): PullState | null {
  const text = readIfThere(responsesFile(contentDir, FILE).path);
  const state = text === null ? null : stateSchema.safeParse(jsonOf(text));
  // A damaged state costs one sweep and nothing else.
  if (state === null || !state.success) return null;
  return state.data.api === api && state.data.domain === domain ? state.data : null;
}

/** @returns whether the file changed. */
export function writePullState(contentDir: string, { api, domain, sinceId, swept }: PullState): boolean {
  const file = responsesFile(contentDir, FILE).path;
  const text = `${JSON.stringify({ api, domain, sinceId, swept }, null, 2)}\n`;
  if (readIfThere(file) === text) return false;
  writeWhole(file, text);
  return true;
}
