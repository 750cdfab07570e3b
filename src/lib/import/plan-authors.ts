import type { Archive, ArchiveAuthor } from "./archive.ts";
import { Slugs } from "./slugs.ts";

export interface PlannedAuthor {
  /** Name of the file in `content/authors/`. */
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  /** The author's records in the source. */
  readonly sources: readonly ArchiveAuthor[];
  /** Whether an entry names the author; authors without entries need no file. */
  isUsed: boolean;
}

export interface PlannedAuthors {
  readonly all: readonly PlannedAuthor[];
  /** The author of most entries, used for entries without an author. */
  readonly main: PlannedAuthor | null;
  /** The author for a key in entries; null if the key is unknown. */
  byKey(key: string): PlannedAuthor | null;
  /** The author who wrote a response, by account or e-mail address on the old platform. */
  ofResponse(author: { readonly email: string | null; readonly userId: string | null }): PlannedAuthor | null;
}

/**
 * Assigns ids to the authors of an archive. Records with the same name are one author.
 * @param map ids by the names and logins in the source.
 * @param earlier ids of authors from earlier imports, by name.
 */
export function planAuthors(
  archive: Archive,
  map: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, string>,
): PlannedAuthors {
  const slugs = new Slugs(earlier.values());
  const byId = new Map<string, PlannedAuthor & { sources: ArchiveAuthor[] }>();
  const byName = new Map([...earlier].map(([name, id]) => [name.trim().toLowerCase(), id]));
  for (const author of archive.authors) {
    const wanted = map.get(author.key) ?? map.get(author.name);
    const nameKey = author.name.trim().toLowerCase();
    const id = wanted ?? byName.get(nameKey) ?? slugs.claim(author.name, author.key);
    byName.set(nameKey, id);
    const known = byId.get(id);
    if (known !== undefined) known.sources.push(author);
    else
      byId.set(id, {
        id,
        name: author.name || author.key,
        url: author.url,
        sources: [author],
        isUsed: false,
      });
  }
  const all = [...byId.values()];
  const keys = new Map(all.flatMap((author) => author.sources.map(({ key }) => [key, author] as const)));
  const emails = indexed(all, ({ email }) => email?.toLowerCase() ?? null);
  const users = indexed(all, ({ userId }) => userId);
  const counts = new Map<PlannedAuthor, number>();
  for (const key of archive.entries.flatMap(({ authors }) => authors)) {
    const author = keys.get(key);
    if (author !== undefined) counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return {
    all,
    main: first?.[0] ?? null,
    byKey: (key) => keys.get(key) ?? null,
    ofResponse: ({ email, userId }) =>
      (userId === null ? undefined : users.get(userId)) ??
      (email === null ? undefined : emails.get(email.toLowerCase())) ??
      null,
  };
}

function indexed(
  authors: readonly PlannedAuthor[],
  value: (source: ArchiveAuthor) => string | null,
): ReadonlyMap<string, PlannedAuthor> {
  const entries = authors.flatMap((author) =>
    author.sources.flatMap((source) => {
      const key = value(source);
      return key === null || key === "" ? [] : [[key, author] as const];
    }),
  );
  return new Map(entries);
}
