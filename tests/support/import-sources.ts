/**
 * Fixtures for every format that `backfence import` reads. Tests of all readers use this table; a format without a
 * fixture is a type error.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ImportFormat } from "../../src/lib/import/detect.ts";
import { fixture } from "./imported.ts";

export interface ImportSource {
  /** Path of a file or folder. */
  readonly path: string;
  /** Whether it contains only comments, which are added to the posts of a blog. */
  readonly isCommentsOnly?: boolean;
  /** Words of private texts, which must not get into the repository or the report. */
  readonly secrets?: readonly string[];
  /** Pattern for the email and IP addresses in it. */
  readonly addresses?: RegExp;
}

const comments = (name: string): ImportSource => ({
  path: fixture(`comments/${name}`),
  isCommentsOnly: true,
});

export const IMPORT_SOURCES: Readonly<Record<ImportFormat, readonly ImportSource[]>> = {
  "movable-type": [{ path: fixture("typepad.txt"), addresses: /\w\\*@(?:finch|wren|ned)\.example/ }],
  wordpress: [
    {
      path: fixture("wordpress.xml"),
      secrets: ["diary", "Locked", "private letter"],
      addresses: /\w\\*@(?:fences|letters|moor)\.example|93\.184\.216\.3\d/,
    },
  ],
  blogger: [{ path: fixture("takeout"), secrets: ["somebody else"] }],
  ghost: [{ path: fixture("ghost.json"), secrets: ["For members", "hash"], addresses: /rook\.example/ }],
  substack: [
    {
      path: fixture("substack"),
      secrets: ["secret of the hedge", "Behind the hedge", "no page"],
      addresses: /\w\\*@lane\.example/,
    },
  ],
  medium: [{ path: fixture("medium"), addresses: /moss\.example|93\.184\.216\.41/ }],
  "json-feed": [{ path: fixture("microblog") }],
  tumblr: [
    { path: fixture("tumblr"), secrets: ["Only the marsh", "Hidden"], addresses: /\w\\*@reed\.example/ },
    { path: fixture("tumblr-api.json"), secrets: ["Only the marsh", "Hidden"] },
    { path: fixture("tumblr-pages") },
    { path: fixture("tumblr-backup") },
  ],
  livejournal: [
    {
      path: fixture("livejournal"),
      secrets: ["secret for", "friend’s answer"],
      addresses: /\w\\*@jo\.example/,
    },
    { path: fixture("livejournal-export.xml"), secrets: ["Locked", "Not for all"] },
  ],
  notion: [
    { path: fixture("notion"), secrets: ["The bill", "apples cost"], addresses: /\w\\*@orchard\.example/ },
  ],
  hugo: [{ path: fixture("hugo") }],
  jekyll: [{ path: fixture("jekyll") }],
  hexo: [{ path: fixture("hexo") }],
  eleventy: [{ path: fixture("eleventy") }],
  pelican: [{ path: fixture("pelican") }],
  gatsby: [{ path: fixture("gatsby") }],
  astro: [{ path: fixture("astro") }],
  markdown: [{ path: fixture("markdown") }],
  disqus: [comments("disqus.xml")],
  "isso-database": [{ path: issoDatabase(), isCommentsOnly: true }],
  isso: [comments("isso.json")],
  commento: [comments("commento.json")],
  remark42: [comments("remark42.txt")],
  staticman: [comments("staticman")],
  github: [comments("discussions.json"), comments("issues.json")],
};

/** Every fixture with its format, for `test.each`. */
export const ALL_SOURCES = Object.entries(IMPORT_SOURCES).flatMap(([format, sources]) =>
  sources.map((source) => ({ format, name: path.basename(source.path), ...source })),
);

/** Creates the Isso database, which the repository can't contain as text; once for all test files of a worker. */
function issoDatabase(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "backfence-isso-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "comments.db");
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE threads (id INTEGER PRIMARY KEY, uri, title);
    CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, mode, remote_addr, text, author, email, website);
    INSERT INTO threads VALUES (1, '/2008/03/the-gate.html', 'The gate');
    INSERT INTO comments VALUES (1, 1, NULL, 1430467200, 1, '', 'A hinge.', 'Wren', '', '');`);
  database.close();
  return file;
}
