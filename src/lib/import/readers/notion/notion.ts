/** Notion's export as Markdown & CSV: pages with ids in their names, tables of databases, and attached files. */
import { addAuthor } from "../add-author.ts";
import path from "node:path";
import type { ArchiveBuilder } from "../../archive-builder.ts";
import type { ArchiveEntry } from "../../archive.ts";
import { ENTRY_DEFAULTS } from "../../archive.ts";
import type { SourceFiles } from "../../source-files.ts";
import { readSourceText } from "../../source-files.ts";
import { accountKeys } from "../account-keys.ts";
import { parseCsv } from "../csv.ts";
import { accountMedia } from "../other-files.ts";
import { folderNames, notionName } from "./names.ts";
import { linksByNumber, readPage, readProperties } from "./page.ts";

interface Database {
  /** Possible folders of the pages of its rows. */
  readonly folders: readonly string[];
  readonly columns: ReadonlySet<string>;
  /** Properties of rows by the title of their page; titles may repeat. */
  readonly rows: Map<string, ReadonlyMap<string, string>[]>;
  readonly file: string;
}

export function readNotion(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): void {
  const others = source.files.filter((file) => !files.includes(file));
  for (const file of accountMedia(others, builder))
    builder.ledger.ignore(
      "other file",
      /(?:^|\/)index\.html$/.test(file) ? "an index of the pages" : "a file that no text uses",
    );
  const databases = readDatabases(source, files, builder);
  let unsaid = 0;
  for (const file of files.filter((name) => notionName(name)?.kind === "page"))
    if (!addPage(file, databaseOf(file, databases), source, builder)) unsaid += 1;
  for (const database of databases) addLostRows(database, builder);
  if (unsaid > 0)
    builder.doubt(
      "Notion",
      `${unsaid} ${unsaid === 1 ? "page has" : "pages have"} no Status or Published property, so ${unsaid === 1 ? "it's a draft" : "they are drafts"}`,
    );
}

function readDatabases(source: SourceFiles, files: readonly string[], builder: ArchiveBuilder): Database[] {
  const tables = files.flatMap((file) => {
    const name = notionName(file);
    return name?.kind === "database" ? [{ file, name }] : [];
  });
  return tables.flatMap(({ file, name }): Database[] => {
    const twin = tables.some((other) => other.name.id === name.id && other.name.isWhole);
    if (twin && !name.isWhole) {
      builder.ledger.ignore("other file", "a filtered view of a database");
      return [];
    }
    builder.ledger.ignore("other file", "a database table, whose rows are the properties of pages");
    const { rows, isCut } = parseCsv(readSourceText(source, file));
    if (isCut)
      builder.doubt(file, `the table is damaged after ${rows.length} rows; later rows aren't imported`);
    const [head = [], ...records] = rows;
    const byTitle = new Map<string, ReadonlyMap<string, string>[]>();
    for (const record of records) {
      const title = (record[0] ?? "").trim();
      const properties = new Map(
        head.slice(1).map((column, index) => [column, (record[index + 1] ?? "").trim()]),
      );
      byTitle.set(title, [...(byTitle.get(title) ?? []), properties]);
    }
    return [{ folders: folderNames(file), columns: new Set(head), rows: byTitle, file }];
  });
}

function databaseOf(file: string, databases: readonly Database[]): Database | null {
  const folder = path.posix.dirname(file);
  return databases.find(({ folders }) => folders.includes(folder)) ?? null;
}

/** @returns whether the page has a property for its publication state. */
function addPage(
  file: string,
  database: Database | null,
  source: SourceFiles,
  builder: ArchiveBuilder,
): boolean {
  const { archive, ledger } = builder;
  const name = notionName(file);
  const id = name?.id ?? file;
  const page = readPage(readSourceText(source, file), database?.columns ?? new Set());
  const title = page.title || (name?.title ?? "");
  const row = database?.rows.get(title)?.shift();
  // Empty properties are only in the table.
  const properties = new Map([...(row ?? []), ...page.properties]);
  const read = readProperties(properties);
  const { parts, stored, raw } = accountKeys(Object.fromEntries(properties), { used: read.used }, builder);
  for (const author of read.authors) addAuthor(author, builder);
  const isPost = database !== null || read.date !== null;
  const entry: ArchiveEntry = {
    ...ENTRY_DEFAULTS,
    record: ledger.read("entry"),
    parts: [...parts, ...builder.readAll("section", 1)],
    stored,
    id: `${id}.md`,
    kind: isPost ? "post" : "page",
    state: read.state,
    title: title === "Untitled" && page.text.trim() !== "" ? "" : title,
    slug: read.slug || title,
    date: read.date,
    updated: read.updated,
    authors: read.authors,
    tags: read.tags,
    body: builder.store(linksByNumber(page.text)),
    format: "markdown",
    description: read.description,
    addresses: [],
    raw,
    folder: path.posix.dirname(file),
  };
  archive.entries.push(entry);
  return read.saysState;
}

/** Adds rows without a page, which have only properties. */
function addLostRows({ rows, file }: Database, builder: ArchiveBuilder): void {
  const { archive, ledger } = builder;
  for (const [title, list] of rows) {
    for (const properties of list) {
      const isEmpty = title === "" && [...properties.values()].every((value) => value === "");
      if (isEmpty) {
        ledger.ignore("entry", "an empty row of a database");
        continue;
      }
      const read = readProperties(properties);
      const { parts, stored, raw } = accountKeys(
        Object.fromEntries(properties),
        { used: read.used },
        builder,
      );
      archive.entries.push({
        ...ENTRY_DEFAULTS,
        record: ledger.read("entry"),
        parts,
        stored,
        id: builder.madeId(file, title),
        kind: "post",
        state: read.state === "private" ? "private" : "draft",
        title,
        slug: read.slug || title,
        date: read.date,
        tags: read.tags,
        body: builder.store(""),
        format: "markdown",
        description: read.description,
        raw,
      });
      builder.doubt(file, `the row “${title}” has no page; it's kept as a draft without text`);
    }
  }
}
