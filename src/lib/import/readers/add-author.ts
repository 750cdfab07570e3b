import type { ArchiveBuilder } from "../archive-builder.ts";

/** Adds an author known only by name, unless it exists. @param userId the account on the old platform, if known. */
export function addAuthor(
  name: string,
  { archive, ledger }: ArchiveBuilder,
  userId: string | null = null,
): void {
  if (archive.authors.some(({ key }) => key === name)) return;
  archive.authors.push({ record: ledger.read("author"), key: name, name, email: null, url: null, userId });
}
