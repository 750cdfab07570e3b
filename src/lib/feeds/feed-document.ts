/**
 * Archived feeds (RFC 5005, section 4). The newest document (`/atom.xml`) holds the newest items; once there are more,
 * archive documents (`/atom-2.xml`, `/atom-3.xml` …) hold all the older ones. They are counted from the oldest item on
 * and always full, so that a new post never moves an item from one archive to the next: a reader that has fetched an
 * archive needs it never again, and a build doesn't write it again. The newest document and the newest archive may
 * share items, which have the same ids in both.
 */
import type { FeedChannel } from "./feed-channel.ts";
import type { FeedItem } from "./feed-item.ts";
import { NEVER } from "./instant.ts";

export interface FeedDocument {
  readonly channel: FeedChannel;
  /** 1 for the newest document, which readers subscribe to; from 2 on archives, the oldest first. */
  readonly page: number;
  /** Newest first. */
  readonly items: readonly FeedItem[];
  /** Page of the archive with the next older items, null at the oldest. */
  readonly previousArchive: number | null;
  /** Page of the archive with the next newer items, null at the newest and in the newest document. */
  readonly nextArchive: number | null;
}

/**
 * The documents of a feed, the newest first.
 * @param size items in each, at least 1.
 */
export function feedDocuments(channel: FeedChannel, size: number): FeedDocument[] {
  const { items } = channel;
  const archives = channel.isArchived ? Math.max(0, Math.ceil((items.length - size) / size)) : 0;
  const newest = archives + 1;
  const documents: FeedDocument[] = [
    {
      channel,
      page: 1,
      items: items.slice(0, size),
      previousArchive: archives === 0 ? null : newest,
      nextArchive: null,
    },
  ];
  for (let page = newest; page >= 2; page -= 1) {
    const end = items.length - (page - 2) * size;
    documents.push({
      channel,
      page,
      items: items.slice(end - size, end),
      previousArchive: page === 2 ? null : page - 1,
      nextArchive: page === newest ? null : page + 1,
    });
  }
  return documents;
}

/** When anything in the document last changed, as an instant; {@link NEVER} for a feed without items. */
export function lastUpdated(document: FeedDocument): string {
  const updated = document.items.map(({ facts }) => facts.updated);
  return updated.length === 0 ? NEVER : updated.reduce((latest, one) => (one > latest ? one : latest));
}
