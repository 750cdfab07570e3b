import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";

/** One of the author's static extras. */
export interface PublicFile {
  /** Path below `public/` and below the site's root, forward slashes. */
  readonly file: string;
  /** Absolute. */
  readonly from: string;
  /** Another one when the file may have changed. */
  readonly key: string;
}

/** Times of files on the coarsest file systems differ by two seconds. */
const COARSEST_TICK_MS = 2000;

/** The files in `public/`; links to folders are followed. @param now milliseconds since 1970. */
export function publicFiles(publicDir: string, now: number = Date.now()): PublicFile[] {
  if (!existsSync(publicDir)) return [];
  return readdirSync(publicDir).flatMap((name) => filesAt(publicDir, name, now));
}

function filesAt(publicDir: string, file: string, now: number): PublicFile[] {
  const from = path.join(publicDir, file);
  const state = statSync(from, { throwIfNoEntry: false });
  if (state?.isDirectory())
    return readdirSync(from).flatMap((name) => filesAt(publicDir, `${file}/${name}`, now));
  if (!state?.isFile()) return [];
  const { size, mtimeMs, ctimeMs, ino } = state;
  const isRacy = Math.max(mtimeMs, ctimeMs) > now - COARSEST_TICK_MS;
  const key = isRacy ? hashOf(readFileSync(from)) : [size, mtimeMs, ctimeMs, ino].join(":");
  return [{ file, from, key: `public:${key}` }];
}
