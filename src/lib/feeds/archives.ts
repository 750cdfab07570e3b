/** Items of one document of an archived feed (RFC 5005, section 4). */
export interface ArchivedPage<Item> {
  /** 1 for the newest document, which readers subscribe to; 2 and up for archives, oldest first. */
  readonly page: number;
  /** Newest first. */
  readonly items: readonly Item[];
  /** Page of the archive with the next older items, null for the oldest. */
  readonly older: number | null;
  /** Page of the archive with the next newer items, null for the newest archive and the newest document. */
  readonly newer: number | null;
}

/**
 * Splits a feed into documents, newest first: one with the newest items, then archives with the older ones. Archives
 * are always full and are counted from the oldest item, so a new post changes none of them and readers fetch each only
 * once. The newest document and the newest archive may share items.
 * @param all items, newest first.
 * @param size number of items per document, at least 1.
 */
export function archivedPages<Item>(
  all: readonly Item[],
  size: number,
  { hasArchives }: { readonly hasArchives: boolean },
): ArchivedPage<Item>[] {
  const archives = hasArchives ? Math.max(0, Math.ceil((all.length - size) / size)) : 0;
  const newest = archives + 1;
  const archive = (page: number): ArchivedPage<Item> => {
    const end = all.length - (page - 2) * size;
    return {
      page,
      items: all.slice(end - size, end),
      older: page === 2 ? null : page - 1,
      newer: page === newest ? null : page + 1,
    };
  };
  return [
    { page: 1, items: all.slice(0, size), older: archives === 0 ? null : newest, newer: null },
    ...Array.from({ length: archives }, (_, index) => archive(newest - index)),
  ];
}
