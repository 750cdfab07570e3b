/** Fetches the pictures shown in imported texts, with pauses between requests to one host. */
import { FetchError } from "../protocols/fetch-error.ts";
import { forEachByHost } from "../protocols/group-by-host.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import { askInTurn, NotAskedError, type AskInTurn } from "../remote-pictures/ask-in-turn.ts";
import { fetchPicture, NoPictureError, ServerFault } from "../remote-pictures/save-picture.ts";
import type { ArchiveBuilder } from "./archive-builder.ts";
import type { FetchedPictures } from "./fetched-pictures.ts";
import type { ImportProgress } from "./import-options.ts";
import { isWritten } from "./import-plan.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { FoundPicture, PictureLibrary } from "./picture-library.ts";
import { writeBody } from "./write/body.ts";
import { coverOf } from "./write/entries.ts";
import { bodyTools } from "./write/write-archive.ts";

export interface PictureFetching {
  readonly client: GuardedClient;
  /** Pause between two requests to one host. */
  readonly pauseMs?: number | undefined;
  /** Limit for all pictures of a run. */
  readonly maxBytes?: number | undefined;
}

const PAUSE_MS = 200;
const MAX_BYTES = 20 * 1024 ** 3;
/** First the larger copies, then the pictures whose larger copy isn't available, then a final check. */
const MOST_ROUNDS = 3;

interface FetchJob extends PictureFetching {
  readonly plan: ImportPlan;
  readonly builder: ArchiveBuilder;
  /** Opens a library with the pictures fetched so far; `onMissing` supplies the others. */
  readonly open: (onMissing: (address: string) => FoundPicture | null) => PictureLibrary;
  readonly cache: FetchedPictures;
  readonly onProgress: ((progress: ImportProgress) => void) | undefined;
}

/** Fetches missing pictures; failures become doubts in the report. */
export async function fetchPictures(job: FetchJob): Promise<void> {
  const { plan, builder, open, cache } = job;
  const asked = new Set<string>();
  const unknown = new Set<string>();
  const { client, pauseMs = PAUSE_MS, maxBytes = MAX_BYTES } = job;
  const ask = askInTurn((address) => fetchPicture(address, client), { pauseMs, maxBytes });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { wanted, failed } = missingPictures(plan, builder, open, cache);
    for (const address of failed) unknown.add(address);
    const next = wanted.filter((address) => !asked.has(address));
    let done = 0;
    await forEachByHost(
      next,
      (address) => address,
      async (address) => {
        job.onProgress?.({ step: "fetching pictures", done: done++, of: next.length });
        asked.add(address);
        await fetchOne(address, cache, ask);
      },
    );
    if (next.every((address) => cache.fileFor(address) !== null)) break;
  }
  for (const address of [...new Set([...asked, ...unknown])].sort()) {
    const reason = cache.failure(address);
    if (reason !== null) builder.doubt(address, `the picture wasn't fetched: ${reason}`);
  }
}

/** Addresses of missing pictures that texts show, in the order of the texts. */
export function missingPictures(
  plan: ImportPlan,
  builder: ArchiveBuilder,
  open: FetchJob["open"],
  cache: FetchedPictures,
): { readonly wanted: readonly string[]; readonly failed: readonly string[] } {
  const wanted = new Set<string>();
  const failed = new Set<string>();
  // The stand-in prevents a fallback to smaller copies.
  const pictures = open((address) => {
    const isKnown = cache.failure(address) !== null;
    (isKnown ? failed : wanted).add(address);
    return isKnown ? null : { file: "", name: "missing" };
  });
  const tools = bodyTools(builder, plan, pictures);
  for (const planned of plan.entries) {
    if (!isWritten(planned.entry)) continue;
    writeBody(planned, tools);
    coverOf(planned, tools);
  }
  return { wanted: [...wanted], failed: [...failed] };
}

/** Query parameters of WordPress.com for smaller copies. */
const SIZE_KEYS = new Set("w h resize fit crop zoom quality ssl strip".split(" "));

/** Address of the original for a smaller copy made by WordPress; other addresses unchanged. */
function originalOf(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/, "");
  const keys = [...url.searchParams.keys()];
  if (/\.(?:jpe?g|png|gif|webp)$/i.test(url.pathname) && keys.every((key) => SIZE_KEYS.has(key)))
    url.search = "";
  return url.href;
}

async function fetchOne(address: string, cache: FetchedPictures, ask: AskInTurn): Promise<void> {
  const original = originalOf(address);
  for (const candidate of new Set([original, address])) {
    if (cache.fileFor(candidate) !== null) {
      cache.copy(candidate, address);
      return;
    }
    try {
      cache.save(candidate, (await ask(candidate)).bytes);
      cache.copy(candidate, address);
      return;
    } catch (error) {
      if (!(error instanceof NoPictureError || error instanceof FetchError)) throw error;
      const isForNow =
        error instanceof FetchError
          ? error.isTransient
          : error instanceof ServerFault || error instanceof NotAskedError;
      if (candidate === address) cache.fail(address, error.message, !isForNow);
    }
  }
}
