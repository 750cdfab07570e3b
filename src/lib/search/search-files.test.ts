import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAuthor, makeBlog, makePost, makeSettings } from "../feeds/fixture.ts";
import type { Blog, Post } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";
import { documentOf } from "./analyse-texts.ts";
import { withPagefind } from "./pagefind-thread.ts";
import { searchFiles } from "./search-files.ts";
import { searchRecords } from "./search-record.ts";
import { ask, contentsOf, titlesByDate } from "./test-tools.ts";

let cacheDir = "";
/** The index of `blog`. */
let bundle: ReadonlyMap<string, Buffer> = new Map();

beforeAll(async () => {
  cacheDir = mkdtempSync(path.join(os.tmpdir(), "search-"));
  bundle = await build(blog);
});

afterAll(() => rmSync(cacheDir, { recursive: true, force: true }));

const BODIES: Readonly<Record<string, string>> = {
  fence:
    '<p>Neighbours talked over the fence about their gardens &amp; AT&amp;T.</p><h2 id="roses">Roses</h2>' +
    '<p>The roses were the <em>finest</em>.</p><img src="a.png" alt="unseen picture">' +
    '<h2 id="dogs">Dogs</h2><p>Every dog barked at café guests. 1 &lt; 2 and &lt;b&gt;bold&lt;/b&gt;.</p>',
  letters: "<p>People wrote letters to neighbours, and waited.</p><pre>const answer = 42;</pre>",
  zaun: "<p>Die Nachbarn sprachen über den Zaun hinweg.</p>",
  tonari: "<p>隣人との関係は、垣根越しの会話から始まります。</p>",
};

const posts = [
  makePost({ slug: "tonari", lang: "ja", title: "垣根", date: "2024-01-04T00:00:00.000Z", tags: ["会話"] }),
  makePost({
    slug: "zaun",
    lang: "de",
    title: "Der Zaun",
    date: "2024-01-03T00:00:00.000Z",
    authors: ["tomas"],
  }),
  makePost({ slug: "letters", title: "Letters", date: "2023-12-31T23:30:00.000Z", series: "home" }),
  makePost({
    slug: "fence",
    title: "Over the fence",
    date: "2011-01-01T00:00:00.000Z",
    description: "A standfirst.",
  }),
];

const blog = makeBlog({
  settings: makeSettings({ timeZone: "Europe/Berlin", lang: "en-GB", url: "https://fence.example/blog/" }),
  posts,
  authors: [makeAuthor(), makeAuthor({ id: "tomas", name: "Tomas" })],
  series: [{ id: "home", file: "content/series/home.yaml", title: "Coming home", description: "" }],
});

interface Reading {
  /** Slugs of the bodies that were read for the index; those of files that are made are read again. */
  readonly read?: string[];
  readonly bodies?: Readonly<Record<string, string>>;
}

async function build(from: Blog, { read = [], bodies = BODIES }: Reading = {}): Promise<Map<string, Buffer>> {
  let isIndexed = false;
  const bodyHtml = ({ slug }: Post): string => {
    if (!isIndexed) read.push(slug);
    return bodies[slug] ?? "<p>Something.</p>";
  };
  const files = await searchFiles(from, { urls: siteUrls(from.settings), cacheDir, bodyHtml });
  isIndexed = true;
  return contentsOf(files);
}

async function urlsFor(
  bundle: ReadonlyMap<string, Uint8Array>,
  term: string | null,
  filters = {},
): Promise<string[]> {
  return (await ask(bundle, term, { filters })).map(({ url }) => url).sort();
}

test("a reader finds posts by words of the title, the standfirst and the text, by stems and beginnings", async () => {
  expect(await urlsFor(bundle, "neighbour")).toEqual(["/posts/fence/", "/posts/letters/"]);
  expect(await urlsFor(bundle, "garde")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(bundle, "standfirst")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(bundle, "cafe")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(bundle, '"waited const"')).toEqual(["/posts/letters/"]);
  expect(await urlsFor(bundle, "picture")).toEqual([]);
});

test("posts in every language are found from any page", async () => {
  expect(await urlsFor(bundle, "Nachbarn")).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, "über")).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, "関係")).toEqual(["/posts/tonari/"]);
});

test("a result leads to the section, with the words marked and markup left as text", async () => {
  const [found] = await ask(bundle, "dog");
  expect(found).toMatchObject({ title: "Over the fence", sections: ["#dogs"] });
  expect(found?.excerpt).toContain("<mark>Dogs.</mark>");
  expect((await ask(bundle, "bold"))[0]?.excerpt).toContain("1 &lt; 2 and <mark>&lt;b&gt;bold&lt;/b&gt;");
});

test("results can be narrowed by tag, author, year and series, and put in the order of their dates", async () => {
  expect(await urlsFor(bundle, null, { tag: "会話" })).toEqual(["/posts/tonari/"]);
  expect(await urlsFor(bundle, null, { author: "Tomas" })).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, null, { series: "Coming home" })).toEqual(["/posts/letters/"]);
  expect(await urlsFor(bundle, null, { year: "2024" })).toEqual([
    "/posts/letters/",
    "/posts/tonari/",
    "/posts/zaun/",
  ]);
  expect(titlesByDate(bundle)).toEqual(["Over the fence", "Letters", "Der Zaun", "垣根"]);
  expect(JSON.parse(String(bundle.get("/pagefind/facets.json")))).toEqual({
    tag: [
      ["listening", 3],
      ["会話", 1],
    ],
    author: [
      ["Nell Harrow", 3],
      ["Tomas", 1],
    ],
    year: [
      ["2024", 3],
      ["2011", 1],
    ],
    series: [["Coming home", 1]],
  });
});

test("the index gives the same results with the same scores as Pagefind's own", async () => {
  const english = makeBlog({ posts: posts.filter(({ lang }) => lang === "en") });
  const ours = await build(english);
  const pages = english.posts.map(({ slug, title, description }) => ({
    url: `/posts/${slug}/`,
    content: documentOf({ key: "", lang: "en", title, lead: description, bodyHtml: BODIES[slug] ?? "" }),
  }));
  const stock = await withPagefind((thread) => thread.files(pages));
  const theirs = new Map([...stock].map(([name, bytes]) => [`/pagefind/${name}`, bytes]));
  for (const term of ["neighbours", "the", "fence roses", '"the fence"', "café", "CAFE", "42", "nothing"]) {
    expect(await ask(ours, term), term).toEqual(await ask(theirs, term));
  }
});

test("after an edit only the edited text is read, and the index is that of a clean build, byte for byte", async () => {
  await build(blog);
  const steps: readonly { readonly posts: readonly Post[]; readonly read: readonly string[] }[] = [
    { posts, read: [] },
    { posts: posts.map((post) => (post.slug === "letters" ? edited(post) : post)), read: ["letters"] },
    { posts: posts.slice(1), read: ["letters"] },
    {
      posts: [makePost({ slug: "later", date: "2025-01-01T00:00:00.000Z" }), ...posts],
      read: ["later", "tonari"],
    },
    {
      posts: posts.map((post) => ({ ...post, tags: ["renamed"], date: "2020-01-01T00:00:00.000Z" })),
      read: [],
    },
    { posts: [], read: [] },
    { posts, read: ["fence", "letters", "tonari", "zaun"] },
  ];
  for (const { posts: present, read: expected } of steps) {
    const read: string[] = [];
    const bodies = {
      ...BODIES,
      letters: present.some(isEdited) ? "<p>Rewritten</p>" : (BODIES["letters"] ?? ""),
    };
    const incremental = await build({ ...blog, posts: present }, { read, bodies });
    expect([...new Set(read)].sort()).toEqual(expected);
    const kept = cacheDir;
    cacheDir = mkdtempSync(path.join(os.tmpdir(), "search-clean-"));
    const clean = await build({ ...blog, posts: present }, { bodies });
    rmSync(cacheDir, { recursive: true });
    cacheDir = kept;
    expect([...incremental.keys()]).toEqual([...clean.keys()]);
    for (const [name, bytes] of clean) expect(incremental.get(name)?.equals(bytes), name).toBe(true);
  }
});

function edited(post: Post): Post {
  return { ...post, body: { ...post.body, key: "edited" } };
}

function isEdited(post: Post): boolean {
  return post.body.key === "edited";
}

test("a damaged cache is thrown away and the index is the same", async () => {
  await build(blog);
  damageCache(() => true);
  expect(await build(blog)).toEqual(bundle);
});

test("texts that the cache lost are read again, though it says that it has them", async () => {
  const present = { ...blog, posts: posts.map((post) => (post.slug === "letters" ? edited(post) : post)) };
  const whole = await build(present);
  await build(blog);
  damageCache((text) => !text.includes('"leaves"'));
  expect(await build(present)).toEqual(whole);
});

function damageCache(isDamaged: (text: string) => boolean): void {
  for (const entry of readdirSync(cacheDir, { recursive: true, encoding: "utf8" })) {
    const file = path.join(cacheDir, entry);
    if (statSync(file).isFile() && isDamaged(readFileSync(file, "latin1"))) writeFileSync(file, "damaged");
  }
}

test("a blog without posts, and a post without a word, can be searched", async () => {
  expect(await urlsFor(await build({ ...blog, posts: [] }), "fence")).toEqual([]);
  const mute = makePost({ slug: "mute", title: "…", description: "" });
  const withMute = await build({ ...blog, posts: [mute, ...posts] }, { bodies: { ...BODIES, mute: "<hr>" } });
  expect(await urlsFor(withMute, "fence")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(withMute, null, { tag: "listening" })).toContain("/posts/mute/");
});

test("two posts with the same text are both found", async () => {
  const twins = ["one", "two"].map((slug) =>
    makePost({ slug, title: "Twin", body: { ...makePost().body, key: "same" } }),
  );
  expect(await urlsFor(await build({ ...blog, posts: twins }), "twin")).toEqual([
    "/posts/one/",
    "/posts/two/",
  ]);
});

test("a failure of Pagefind's stops the build and says why", async () => {
  const broken = { ...blog, posts: [makePost({ slug: "broken" })] };
  const context = {
    urls: siteUrls(blog.settings),
    cacheDir,
    bodyHtml: (): never => {
      throw new Error("No body");
    },
  };
  await expect(searchFiles(broken, context)).rejects.toThrow("The search index couldn't be made");
});

test("Pagefind's ready-made interfaces aren't published", async () => {
  const names = [...bundle.keys()].filter((name) => /\.(?:js|css)$/.test(name));
  expect(names).toEqual(["/pagefind/pagefind.js", "/pagefind/pagefind-worker.js"]);
});

test("the year of a post is that of the site's zone", () => {
  const years = searchRecords(blog, siteUrls(blog.settings)).map(({ filters }) => filters.year[0]);
  expect(years).toEqual(["2011", "2024", "2024", "2024"]);
});
