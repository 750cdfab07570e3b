/**
 * Client for the JF2 API of webmention.io and compatible services: `mentions.jf2` (all mentions of a domain, in pages)
 * and `deleted.jf2` (deleted mentions).
 */
import * as z from "zod";
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import { fetchJson, PullFault } from "./api-client.ts";

export interface Jf2Api {
  readonly client: GuardedClient;
  /** Base URL, such as `https://webmention.io/api/`. */
  readonly base: string;
  readonly token: string | null;
  /** Domain whose mentions are fetched. */
  readonly domain: string;
  readonly timeoutMs?: number | undefined;
  /** Called after each page with the number of mentions so far. */
  readonly onProgress?: ((count: number) => void) | undefined;
}

/** Identifies a mention. */
export type MentionKey = Pick<Jf2Mention, "wm-id" | "wm-source" | "wm-target">;

/** A mention from the API; all other properties are validated when it's converted to a record. */
const childSchema = z.looseObject({
  "wm-id": z.union([z.int(), z.string().min(1)]),
  "wm-source": z.string(),
  "wm-target": z.string(),
});

export type Jf2Mention = z.infer<typeof childSchema>;

const pagingSchema = z.looseObject({ "total-pages": z.int().optional(), total: z.int().optional() });
const feedSchema = z.looseObject({ children: z.array(z.unknown()), paging: pagingSchema.optional() });

const deletedSchema = z.looseObject({
  "wm-id": z.union([z.int(), z.string()]).optional(),
  "wm-source": z.string().optional(),
  "wm-target": z.string().optional(),
});

/** A deleted response, identified by id, or by source and target. */
export type Jf2Deletion = z.infer<typeof deletedSchema>;

export interface Mentions {
  readonly mentions: readonly MentionKey[];
  /** Number of entries that aren't mentions. */
  readonly unreadable: number;
}

const PER_PAGE = 1000;
const MAX_PAGES = 1000;

/**
 * Fetches all mentions with an id above `sinceId`, oldest first, without duplicates. Continues from the highest id so
 * far if the API supports it, because page numbers shift and lose mentions if one is deleted between requests.
 *
 * @param onMention called with each mention, so that only one page of them is in memory.
 * @throws PullFault
 */
export async function fetchMentions(
  api: Jf2Api,
  sinceId: number,
  onMention: (mention: Jf2Mention) => void,
): Promise<Mentions> {
  const found = new Map<string, MentionKey>();
  let unreadable = 0;
  let cursor = sinceId;
  let page = 0;
  let isByPage = false;
  for (let asked = 0; asked < MAX_PAGES; asked++) {
    const feed = await fetchFeed(api, "mentions.jf2", page, cursor);
    const before = found.size;
    for (const child of feed.children) {
      const mention = childSchema.safeParse(child);
      if (!mention.success) unreadable++;
      else if (!found.has(String(mention.data["wm-id"]))) {
        const { "wm-id": id, "wm-source": source, "wm-target": target } = mention.data;
        found.set(String(id), { "wm-id": id, "wm-source": source, "wm-target": target });
        onMention(mention.data);
      }
    }
    api.onProgress?.(found.size);
    const isNothingNew = found.size === before;
    const isLast = feed.pages !== null && page + 1 >= feed.pages;
    if (feed.children.length === 0 || isLast || (isNothingNew && isByPage)) {
      return { mentions: [...found.values()], unreadable };
    }
    const highest = highestId(found.values());
    // An API that returns the same page again doesn't support the cursor: use page numbers instead.
    isByPage ||= isNothingNew || highest === null || highest <= cursor;
    if (isByPage) page++;
    else cursor = highest ?? cursor;
  }
  throw new PullFault("tooLarge", `${serviceName(api)} has more than ${MAX_PAGES} pages of mentions`);
}

/**
 * Fetches the API's list of deleted mentions.
 * @returns null if the API has no such list.
 * @throws PullFault
 */
export async function fetchDeletions(api: Jf2Api): Promise<readonly Jf2Deletion[] | null> {
  const deletions: Jf2Deletion[] = [];
  let last = "";
  for (let page = 0; page < MAX_PAGES; page++) {
    const feed = await fetchFeed(api, "deleted.jf2", page, null);
    if (feed.isMissing) return null;
    const key = JSON.stringify(feed.children);
    if (feed.children.length === 0 || key === last) return deletions;
    last = key;
    for (const child of feed.children) {
      const deletion = deletedSchema.safeParse(child);
      if (deletion.success) deletions.push(deletion.data);
    }
    if (feed.pages !== null && page + 1 >= feed.pages) return deletions;
  }
  throw new PullFault("tooLarge", `${serviceName(api)} has more than ${MAX_PAGES} pages of deletions`);
}

/** Returns the highest numeric id, or null if there is none. */
export function highestId(mentions: Iterable<{ readonly "wm-id": string | number }>): number | null {
  let highest: number | null = null;
  for (const mention of mentions) {
    const id = Number(mention["wm-id"]);
    if (Number.isSafeInteger(id) && (highest === null || id > highest)) highest = id;
  }
  return highest;
}

/** Name of the API in messages: its host. */
export function serviceName(api: Pick<Jf2Api, "base">): string {
  return new URL(api.base).host;
}

interface Feed {
  readonly children: readonly unknown[];
  /** Number of pages, or null if the API doesn't report it. */
  readonly pages: number | null;
  readonly isMissing: boolean;
}

async function fetchFeed(api: Jf2Api, name: string, page: number, sinceId: number | null): Promise<Feed> {
  const url = new URL(name, api.base.endsWith("/") ? api.base : `${api.base}/`);
  const parameters = {
    domain: api.domain,
    ...(api.token === null ? {} : { token: api.token }),
    "sort-by": "created",
    "sort-dir": "up",
    "per-page": String(PER_PAGE),
    page: String(page),
    ...(sinceId === null || sinceId === 0 ? {} : { since_id: String(sinceId) }),
  };
  url.search = new URLSearchParams(parameters).toString();
  const isOptional = name === "deleted.jf2";
  const service = serviceName(api);
  const { status, value } = await fetchJson(api.client, url.href, {
    service,
    token: api.token,
    tokenHint: "set WEBMENTION_TOKEN",
    timeoutMs: api.timeoutMs,
    expectedStatuses: isOptional ? [404, 405, 501] : [],
  });
  if (status >= 300) return { children: [], pages: null, isMissing: true };
  const feed = feedSchema.safeParse(value);
  if (!feed.success) throw new PullFault("badAnswer", `${service} answered with JSON that isn't a JF2 feed`);
  return { children: feed.data.children, pages: feed.data.paging?.["total-pages"] ?? null, isMissing: false };
}
