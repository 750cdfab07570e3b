import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FATES, RECORD_KINDS } from "./ledger.ts";
import type { ImportOptions } from "./import-options.ts";

interface Child {
  readonly author: { readonly name: string; readonly url?: string; readonly uid?: string };
  readonly content?: { readonly text: string; readonly html?: string };
  readonly status: string;
  readonly "wm-id": string;
  readonly "in-reply-to"?: string;
  readonly anchor: string;
  readonly published?: string;
}

const FIXTURES = [
  "disqus.xml",
  "isso.json",
  "commento.json",
  "remark42.txt",
  "staticman",
  "discussions.json",
  "issues.json",
];

/** Creates a blog with one post, one draft and one page. @returns its content folder. */
function blog(settings = ""): string {
  const contentDir = path.join(tempFolder("comments"), "content");
  const files = {
    "site.yaml": `title: The fence\nurl: https://new.example/\ntimeZone: UTC\n${settings}`,
    "authors/orla.yaml": "name: Orla Finch\naccounts:\n  - github: orla-finch\n",
    "posts/the-gate.md":
      "---\ntitle: The gate\ndate: 2008-03-17\nauthors: [orla]\naliases: [/2008/03/the-gate.html]\n---\n\nA gate.\n",
    "posts/the-latch.md":
      "---\ntitle: The latch\ndate: 2008-03-18\ndraft: true\nauthors: [orla]\naliases: [/drafts/latch]\n---\n\nA latch.\n",
    "pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  return contentDir;
}

async function join(
  name: string,
  changes: Partial<ImportOptions> = {},
): Promise<ImportedBlog & { contentDir: string }> {
  const contentDir = changes.contentDir ?? blog();
  const source = path.isAbsolute(name) ? name : fixture(`comments/${name}`);
  return { ...(await imported(source, { baseUrl: null, ...changes, contentDir })), contentDir };
}

function conversation(contentDir: string, name = "responses/the-gate.json"): Child[] {
  const feed: { children: Child[] } = JSON.parse(readFileSync(path.join(contentDir, name), "utf8"));
  return feed.children;
}

function summary(children: readonly Child[]): unknown[] {
  return children.map((child) => [
    child.author.name,
    child.status,
    child.content?.html ?? child.content?.text,
    child["in-reply-to"] ?? null,
    child.anchor,
  ]);
}

test.each(FIXTURES)("%s: every record has one fate, and the sums are equal", async (name) => {
  const { result } = await join(name);
  for (const kind of RECORD_KINDS) {
    const count = result.ledger[kind];
    expect(FATES.reduce((sum, fate) => sum + count[fate], 0)).toBe(count.read);
  }
  expect(result.ledger.comment.written).toBeGreaterThan(0);
});

test.each(FIXTURES)("%s: a second run changes nothing, and the posts stay", async (name) => {
  const { contentDir, again, result } = await join(name);
  const before = textsIn(contentDir);
  const second = await again();
  expect(second.ledger).toEqual(result.ledger);
  expect(second.files).toMatchObject({ written: 0, removed: 0, kept: [] });
  expect(textsIn(contentDir)).toEqual(before);
});

test.each(FIXTURES)("%s: no address of a person and no script gets into the repository", async (name) => {
  const { contentDir, result } = await join(name);
  const all = JSON.stringify([textsIn(contentDir), result]);
  expect(all).not.toMatch(/@(?:moor|finch)\.example|93\.184|0bc83cb|0b6f9c|<script|alert\(1\)/);
});

test("Disqus: comments keep their state, threads of several hosts are merged, and replies survive a deleted parent", async () => {
  const { contentDir } = await join("disqus.xml", { authorMap: new Map([["orla_finch", "orla"]]) });
  expect(summary(conversation(contentDir))).toEqual([
    ["Wren Moor", "approved", "<p>Well <b>hung</b>. Write to address-removed!</p>", null, "comment-100"],
    ["Orla Finch", "approved", "Thank you.", "disqus-100", "comment-102"],
    ["Ned", "approved", "From the telephone.", null, "comment-103"],
    ["Gates", "spam", "Cheap gates", null, "comment-104"],
  ]);
  expect(conversation(contentDir)[1]?.author.uid).toBe("https://new.example/authors/orla/");
});

test("Disqus: comments on pages and drafts are stored, and those without a post are reported", async () => {
  const { contentDir, result } = await join("disqus.xml");
  expect(summary(conversation(contentDir, "_import/page-responses/about.json"))).toHaveLength(1);
  expect(summary(conversation(contentDir, "responses/the-latch.json"))).toHaveLength(1);
  expect(result.ledger.comment).toEqual({
    read: 8,
    written: 3,
    kept: 1,
    private: 0,
    spam: 1,
    raw: 1,
    ignored: 2,
  });
  expect(result.doubts.map(({ where }) => where)).toEqual(["https://fence.example/gone/"]);
  expect(result.ignored.map(({ reason }) => reason)).toContain("thread: it has no comments");
});

test("Disqus: comments find a page whose address follows a permalink pattern", async () => {
  const contentDir = blog("permalinks:\n  pages: /about-us/:slug/\n");
  const file = path.join(tempFolder("comments"), "disqus.xml");
  const source = readFileSync(fixture("comments/disqus.xml"), "utf8");
  writeFileSync(file, source.replace("example/about/<", "example/about-us/about/<"));
  const { result } = await join(file, { contentDir });
  expect(result.ledger.comment.raw).toBe(1);
  expect(result.doubts.map(({ where }) => where)).toEqual(["https://fence.example/gone/"]);
});

test("a comment is added in a later run, once its post has the address as an alias", async () => {
  const { contentDir, again } = await join("disqus.xml");
  const file = path.join(contentDir, "posts/the-gate.md");
  writeFileSync(file, readFileSync(file, "utf8").replace("the-gate.html]", "the-gate.html, /gone/]"));
  const second = await again();
  expect(second.files.written).toBe(1);
  expect(conversation(contentDir).map(({ content }) => content?.text)).toContain("Where did it go?");
});

test("a post gets the comments of its `canonical` address", async () => {
  const contentDir = blog();
  const file = path.join(contentDir, "posts/the-gate.md");
  const text = readFileSync(file, "utf8").replace(/aliases:.*/, "canonical: https://fence.example/gone/");
  writeFileSync(file, text);
  await join("disqus.xml", { contentDir });
  expect(conversation(contentDir).map(({ content }) => content?.text)).toContain("Where did it go?");
});

test("moderation decisions and comments from other sources are kept", async () => {
  const { contentDir } = await join("disqus.xml");
  const file = path.join(contentDir, "responses/the-gate.json");
  const moderated = readFileSync(file, "utf8").replace('"approved"', '"pending"');
  writeFileSync(file, moderated);
  await join("disqus.xml", { contentDir });
  expect(readFileSync(file, "utf8")).toBe(moderated);
  await join("isso.json", { contentDir });
  expect(conversation(contentDir)).toHaveLength(6);
  expect(conversation(contentDir)[0]?.status).toBe("pending");
});

test("the same comment from two systems is imported once", async () => {
  const { contentDir } = await join("disqus.xml");
  const copy = path.join(tempFolder("comments"), "copy.xml");
  writeFileSync(
    copy,
    readFileSync(fixture("comments/disqus.xml"), "utf8").replaceAll(/dsq:id="10(\d)"/g, 'dsq:id="90$1"'),
  );
  const { result } = await join(copy, { contentDir });
  expect(conversation(contentDir)).toHaveLength(4);
  expect(result.ignored.map(({ reason }) => reason)).toContain("comment: the conversation has it already");
});

test("importing the blog again keeps the added comments", async () => {
  const contentDir = path.join(tempFolder("comments"), "content");
  await imported(fixture("typepad.txt"), { contentDir });
  const { doubts } = (await join("disqus.xml", { contentDir })).result;
  expect(doubts.map(({ message }) => message)).toContain(
    "taken for “The gate – and who keeps it” by the last part of its address",
  );
  const before = textsIn(contentDir);
  const again = await imported(fixture("typepad.txt"), { contentDir });
  expect(again.result.files.kept).toEqual(["responses/the-gate.json"]);
  expect(textsIn(contentDir)).toEqual(before);
});

test("Isso: comments are read from the database, which stays unchanged", async () => {
  const file = path.join(tempFolder("comments"), "comments.db");
  const database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
    CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
    CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
      modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
      likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL);
    INSERT INTO threads VALUES (1, '/2008/03/the-gate.html', 'The gate');
    INSERT INTO comments VALUES
      (1, 1, NULL, 1430467200.5, NULL, 1, '93.184.216.34', 'A *fine* hinge.', 'Wren Moor', 'wren@moor.example', 'https://moor.example/', 2, 0, x'00'),
      (1, 2, 1, 1430553600, NULL, 2, '', '---\nMine squeaks.\n---', NULL, NULL, NULL, 0, 0, x'00'),
      (1, 3, 1, 1430553700, NULL, 4, '', '', NULL, NULL, NULL, 0, 0, x'00');`);
  database.close();
  const before = readFileSync(file);
  const { contentDir, result } = await join(file);
  expect(summary(conversation(contentDir))).toEqual([
    ["Wren Moor", "approved", "<p>A <em>fine</em> hinge.</p>", null, "isso-1"],
    ["Anonymous", "pending", "Mine squeaks.", "isso-1", "isso-2"],
  ]);
  expect(result.counts.maskedAddresses).toBe(2);
  expect(textsIn(path.dirname(file))).toEqual({ "comments.db": before.toString() });
});

test("Isso: a database whose tables are views is refused", async () => {
  const file = path.join(tempFolder("comments"), "comments.db");
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE threads_ (id); CREATE TABLE "threads" (id, uri, title);
    CREATE VIEW comments AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id FROM n;`);
  database.close();
  await expect(join(file)).rejects.toThrow("complete database of Isso");
});

test("Isso: its generic JSON format can be imported", async () => {
  const { contentDir } = await join("isso.json");
  expect(
    conversation(contentDir).map(({ author, published }) => [author.name, author.url, published]),
  ).toEqual([
    ["Wren Moor", "https://moor.example/", "2015-05-01T08:00:00Z"],
    ["Anonymous", undefined, "2015-05-02T08:00:00Z"],
  ]);
});

test("Commento: a gzipped export can be imported", async () => {
  const file = path.join(tempFolder("comments"), "fence.json.gz");
  writeFileSync(file, gzipSync(readFileSync(fixture("comments/commento.json"))));
  const { contentDir } = await join(file);
  expect(summary(conversation(contentDir))).toEqual([
    ["Wren Moor", "approved", "<p>A <strong>fine</strong> hinge.</p>", null, "commento-aa11"],
    ["Anonymous", "pending", "Mine squeaks.", "commento-aa11", "commento-aa12"],
  ]);
});

test("Remark42: threads are kept, and a damaged line is reported", async () => {
  const { contentDir, result } = await join("remark42.txt");
  expect(summary(conversation(contentDir))).toEqual([
    ["Wren Moor", "approved", "<p>A <em>fine</em> hinge.</p>", null, "remark42__comment-11-22"],
    ["Ned", "approved", "Mine squeaks.", "remark42-11-22", "remark42__comment-11-23"],
  ]);
  expect(result.doubts.map(({ message }) => message)).toEqual([
    "1 lines are damaged; export it again to have all",
  ]);
});

test("Staticman: files of a folder are read, and a damaged one is skipped", async () => {
  const source = tempFolder("comments");
  cpSync(fixture("comments/staticman"), source, { recursive: true });
  writeFileSync(path.join(source, "_data/comments/the-gate/entry1430553600001.yml"), "name: [\n");
  const { contentDir, result } = await join(source);
  const [first, second] = conversation(contentDir);
  expect(first).toMatchObject({ author: { name: "Wren Moor" }, published: "2015-05-01T08:00:00Z" });
  expect(second).toMatchObject({ author: { name: "Ned" }, "in-reply-to": first?.["wm-id"] });
  expect(result.ledger.comment.ignored).toBe(1);
});

test("giscus: discussions are imported, and the author's own replies recognized", async () => {
  const { contentDir } = await join("discussions.json");
  expect(conversation(contentDir).map(({ author, status }) => [author.name, author.uid, status])).toEqual([
    ["wren-moor", "https://github.com/wren-moor", "approved"],
    ["Orla Finch", "https://new.example/authors/orla/", "approved"],
    ["ghost", undefined, "spam"],
  ]);
});

test("giscus: a blog that pulls the same discussions gets no duplicates", async () => {
  const giscus =
    "giscus:\n  repo: fence-blog/talk\n  repoId: R_1\n  category: Comments\n  categoryId: DIC_1\n";
  const { contentDir, result } = await join("discussions.json", { contentDir: blog(giscus) });
  expect(Object.keys(textsIn(contentDir)).filter((name) => name.startsWith("responses/"))).toEqual([]);
  expect(result.ignored[0]?.reason).toMatch(/responses pull/);
});

test("utterances: issues in the format of the GitHub command line can be imported", async () => {
  const { contentDir } = await join("issues.json");
  expect(summary(conversation(contentDir))[0]).toEqual([
    "wren-moor",
    "approved",
    "<p>A <em>fine</em> hinge.</p>",
    null,
    "cgithub-IC_kw1",
  ]);
});

test("importing comments without a blog is a clear error", async () => {
  const contentDir = path.join(tempFolder("comments"), "content");
  await expect(join("disqus.xml", { contentDir })).rejects.toThrow("there are no posts for them");
});

test("a dry run writes nothing", async () => {
  const { contentDir } = await join("disqus.xml", { isDryRun: true });
  expect(Object.keys(textsIn(contentDir)).filter((name) => name.startsWith("responses/"))).toEqual([]);
});

test("Disqus: tracking links are resolved, and a picture becomes a link", async () => {
  const file = path.join(tempFolder("comments"), "disqus.xml");
  const source = readFileSync(fixture("comments/disqus.xml"), "utf8");
  const message =
    '<p>See <a href="http://disq.us/url?url=https%3A%2F%2Fx.example%2Fa%3Fb%3D1%3AaBcDeFgHiJkLmNoPqRsTuVwX_-1&amp;cuid=12">this</a></p><p><img src="https://uploads.example/a.jpg"></p>';
  writeFileSync(file, source.replace("<p>From the telephone.</p>", message));
  const { contentDir } = await join(file);
  expect(conversation(contentDir)[2]?.content?.html).toBe(
    '<p>See <a href="https://x.example/a?b=1" rel="nofollow ugc noopener">this</a></p><p><a href="https://uploads.example/a.jpg" rel="nofollow ugc noopener">https://uploads.example/a.jpg</a></p>',
  );
});

test("Commento++: the address of a page is read from `path`", async () => {
  const file = path.join(tempFolder("comments"), "fence.json");
  const source = readFileSync(fixture("comments/commento.json"), "utf8");
  expect(source).toContain('"url"');
  writeFileSync(file, source.replaceAll('"url"', '"path"'));
  const { contentDir } = await join(file);
  expect(conversation(contentDir)).toHaveLength(2);
});
