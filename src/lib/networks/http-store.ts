/** Cache of network responses with their validators, for conditional requests by the next pull (RFC 9110, 13). */
import { existsSync, readFileSync, statSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../cache/file-cache.ts";
import { writeFileAtomic } from "../responses/store.ts";
import { jsonOf } from "../json-of.ts";

const answerSchema = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  link: z.string().nullable(),
  value: z.unknown(),
});

export type KeptAnswer = z.infer<typeof answerSchema>;

export interface HttpStore {
  get(url: string): KeptAnswer | null;
  set(answer: KeptAnswer): void;
}

/** A store that caches nothing. */
export const noStore: HttpStore = { get: () => null, set: () => {} };

/** Cached responses written longer ago than this are removed. */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

/** Caches responses as files in a folder, which may be deleted at any time. */
export function folderStore(folder: string, now: Date): HttpStore {
  removeOld(folder, now);
  const fileOf = (url: string) => path.join(folder, `${hashOf(url)}.json`);
  return {
    get: (url) => {
      const kept = answerSchema.safeParse(jsonIn(fileOf(url)));
      return kept.success && kept.data.url === url ? kept.data : null;
    },
    set: (answer) => writeFileAtomic(fileOf(answer.url), JSON.stringify(answer)),
  };
}

/** Parsed JSON of a cache file. A missing or corrupt file only costs a full request. */
function jsonIn(file: string): unknown {
  return existsSync(file) ? jsonOf(readFileSync(file, "utf8")) : null;
}

function removeOld(folder: string, now: Date): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (now.getTime() - statSync(file).mtimeMs > KEPT_MS) rmSync(file, { force: true });
  }
}
