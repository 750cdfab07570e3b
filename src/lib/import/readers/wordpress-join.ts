/** Completes WordPress entries after all items have been read. */
import { slugOf } from "../../site/slug.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveEntry } from "../archive.ts";
import type { WordpressLinks } from "./wordpress-item.ts";
import { withReusedBlocks } from "./wordpress-blocks.ts";

/** Resolves authors by any of their names, inserts reusable blocks, and hides types without public pages. */
export function joinEntries(links: WordpressLinks, builder: ArchiveBuilder): void {
  const { entries } = builder.archive;
  const authorOf = authorFinder(builder);
  const hidden = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const authors = entry.authors.map(authorOf);
    const state = stateOf(entry, links);
    const type = entry.raw["post_type"] ?? "";
    if (state !== entry.state) hidden.set(type, (hidden.get(type) ?? 0) + 1);
    const body = links.reusing.has(entry.id) ? withBlocks(entry, links, builder) : entry.body;
    if (state !== entry.state || body !== entry.body || authors.some((key, at) => key !== entry.authors[at]))
      entries[index] = { ...entry, authors, state, body };
  }
  const fate = links.hasNames ? "aren't imported" : "are drafts";
  for (const [type, count] of hidden)
    builder.doubt(`${type} (${count})`, `entries of a type without pages on the old blog ${fate}`);
  for (const { records } of links.blocks.values())
    for (const record of records)
      if (!builder.ledger.isSettled(record))
        builder.ledger.settle(record, "ignored", "a reusable block that no text shows");
}

/**
 * Coupons, forms and settings of plug-ins are posts too, but have no page: their addresses have a query. On a blog
 * where all addresses have a query, they can't be distinguished from public types, so they're drafts.
 */
function stateOf(
  { raw, state }: ArchiveEntry,
  { shownTypes, hasNames }: WordpressLinks,
): ArchiveEntry["state"] {
  const type = raw["post_type"];
  if (type === undefined || state !== "public" || shownTypes.has(type)) return state;
  return hasNames ? "private" : "draft";
}

function withBlocks(
  { body, title }: ArchiveEntry,
  { blocks }: WordpressLinks,
  builder: ArchiveBuilder,
): ArchiveEntry["body"] {
  return builder.store(
    withReusedBlocks(builder.load(body), (id) => {
      const block = blocks.get(id);
      if (block === undefined) {
        builder.doubt(title, `it shows the reusable block ${id}, which isn't in the export`);
        return null;
      }
      builder.ledger.settleAll(block.records, "written");
      return builder.load(block.text);
    }),
  );
}

/** Finds authors by login, or by slug for Co-Authors Plus. Adds unknown authors, since WXR 1.0 has no author list. */
function authorFinder({ archive, ledger }: ArchiveBuilder): (key: string) => string {
  const known = new Map(archive.authors.map(({ key }) => [key, key]));
  const bySlug = new Map(
    archive.authors.flatMap(({ key, name }) => [name, key].map((one) => [slugOf(one), key])),
  );
  return (key) => {
    const own = known.get(key) ?? bySlug.get(slugOf(key.replace(/^cap-/, "")));
    known.set(key, own ?? key);
    if (own !== undefined) return own;
    const name = key.replace(/^cap-/, "").replace(/@.*$/, "");
    archive.authors.push({ record: ledger.read("author"), key, name, email: null, url: null, userId: null });
    return key;
  };
}
