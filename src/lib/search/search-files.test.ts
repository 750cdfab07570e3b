import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contentsOf, search } from "../../../packages/pagefind-incremental/tests/search-bundle.ts";
import { fragmentPlaces } from "../../components/search/page-order.ts";
import { makeAuthor, makeBlog, makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import type { Blog, Post } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";
import { withIndexThread } from "./index-thread.ts";
import { searchFiles } from "./search-files.ts";
import { searchRecords } from "./search-record.ts";

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
  makePost({
    slug: "letters",
    title: "Letters",
    description: "An excerpt of the text.",
    date: "2023-12-31T23:30:00.000Z",
    series: "home",
  }),
  makePost({
    slug: "fence",
    title: "Over the fence",
    date: "2011-01-01T00:00:00.000Z",
    standfirst: "A standfirst.",
  }),
];

const blog = makeBlog({
  settings: makeSettings({ timeZone: "Europe/Berlin", lang: "en-GB", url: "https://fence.example/blog/" }),
  posts,
  authors: [makeAuthor(), makeAuthor({ id: "tomas", name: "Tomas" })],
  series: [{ id: "home", file: "content/series/home.yaml", title: "Coming home", description: "" }],
});

interface Reading {
  /** Slugs of the bodies that were read for the index. Bodies read later, while files are made, aren't recorded. */
  readonly read?: string[];
  readonly bodies?: Readonly<Record<string, string>>;
}

async function build(from: Blog, { read = [], bodies = BODIES }: Reading = {}): Promise<Map<string, Buffer>> {
  let isIndexed = false;
  const bodyHtml = ({ slug }: Post): string => {
    if (!isIndexed) read.push(slug);
    return bodies[slug] ?? "<p>Something.</p>";
  };
  return withIndexThread(cacheDir, async (thread) => {
    const files = await searchFiles(from, { urls: siteUrls(from.settings), cacheDir, bodyHtml, thread });
    isIndexed = true;
    return contentsOf(files);
  });
}

/** Titles of all posts in the order that the client uses to sort from oldest to newest. */
function titlesByDate(files: ReadonlyMap<string, Uint8Array>): string[] {
  const [, list = new Uint8Array()] = [...files].find(([name]) => name.endsWith(".pf_meta")) ?? [];
  const places = [...fragmentPlaces(gunzipSync(list))].sort(([, a], [, b]) => a - b);
  return places.map(([name]) => {
    const text = gunzipSync(files.get(`/pagefind/fragment/${name}.pf_fragment`) ?? new Uint8Array());
    return /"title":"([^"]*)"/.exec(text.toString("utf8"))?.[1] ?? "";
  });
}

async function urlsFor(
  bundle: ReadonlyMap<string, Uint8Array>,
  term: string | null,
  filters = {},
): Promise<string[]> {
  return (await search(bundle, term, { filters })).map(({ url }) => url).sort();
}

test("search finds posts by words in the title, the standfirst and the text, by stems and prefixes", async () => {
  expect(await urlsFor(bundle, "neighbour")).toEqual(["/posts/fence/", "/posts/letters/"]);
  expect(await urlsFor(bundle, "garde")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(bundle, "standfirst")).toEqual(["/posts/fence/"]);
  // Without a standfirst, lists show an excerpt, which isn't indexed, since the text contains its words.
  expect(await urlsFor(bundle, "excerpt")).toEqual([]);
  expect(await urlsFor(bundle, "cafe")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(bundle, '"waited const"')).toEqual(["/posts/letters/"]);
  expect(await urlsFor(bundle, "picture")).toEqual([]);
});

test("search finds posts in every language", async () => {
  expect(await urlsFor(bundle, "Nachbarn")).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, "über")).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, "関係")).toEqual(["/posts/tonari/"]);
});

test("search finds posts by tags, authors and series in any language, with less weight than the title", async () => {
  expect(await urlsFor(bundle, "listening")).toEqual(["/posts/fence/", "/posts/letters/", "/posts/zaun/"]);
  expect(await urlsFor(bundle, "会話")).toEqual(["/posts/tonari/"]);
  expect(await urlsFor(bundle, "Tomas")).toEqual(["/posts/zaun/"]);
  expect(await urlsFor(bundle, "coming")).toEqual(["/posts/letters/"]);
  const [inTitle, inTag] = await search(
    await build({
      ...blog,
      posts: [
        makePost({ slug: "tagged", title: "Lake", tags: ["photos"] }),
        makePost({ slug: "titled", title: "Photos", tags: [] }),
      ],
    }),
    "photos",
  );
  expect([inTitle?.url, inTag?.url]).toEqual(["/posts/titled/", "/posts/tagged/"]);
  expect(inTag?.excerpt).not.toContain("photos");
});

test("a result links to the section, with the words marked and markup shown as text", async () => {
  const [found] = await search(bundle, "dog");
  expect(found).toMatchObject({ title: "Over the fence", sections: ["#dogs"] });
  expect(found?.excerpt).toContain("<mark>Dogs.</mark>");
  expect((await search(bundle, "bold"))[0]?.excerpt).toContain("1 &lt; 2 and <mark>&lt;b&gt;bold&lt;/b&gt;");
});

test("results can be filtered by tag, author, year and series, and sorted by date", async () => {
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

test("after an edit, only the edited text is read, and the index equals that of a clean build, byte for byte", async () => {
  await build(blog);
  const steps: readonly { readonly posts: readonly Post[]; readonly read: readonly string[] }[] = [
    { posts, read: [] },
    { posts: posts.map((post) => (post.slug === "letters" ? edited(post) : post)), read: ["letters"] },
    { posts: posts.slice(1), read: ["letters"] },
    {
      posts: [makePost({ slug: "later", date: "2025-01-01T00:00:00.000Z" }), ...posts],
      read: ["later", "tonari"],
    },
    { posts: posts.map((post) => ({ ...post, date: "2020-01-01T00:00:00.000Z" })), read: [] },
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
    const clean = present === posts ? bundle : await cleanBuild({ ...blog, posts: present }, bodies);
    expect([...incremental.keys()]).toEqual([...clean.keys()]);
    for (const [name, bytes] of clean) expect(incremental.get(name)?.equals(bytes), name).toBe(true);
  }
});

/** The index of a build without a cache. */
async function cleanBuild(
  from: Blog,
  bodies: Readonly<Record<string, string>>,
): Promise<Map<string, Buffer>> {
  const kept = cacheDir;
  cacheDir = mkdtempSync(path.join(os.tmpdir(), "search-clean-"));
  try {
    return await build(from, { bodies });
  } finally {
    rmSync(cacheDir, { recursive: true });
    cacheDir = kept;
  }
}

function edited(post: Post): Post {
  return { ...post, body: { ...post.body, key: "edited" } };
}

function isEdited(post: Post): boolean {
  return post.body.key === "edited";
}

test("a damaged cache is discarded, and the index is the same", async () => {
  await build(blog);
  damageCache(() => true);
  expect(await build(blog)).toEqual(bundle);
});

test("texts missing from the cache are read again, even if the cache lists them", async () => {
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

test("search works in a blog without posts, and with a post without words", async () => {
  expect(await urlsFor(await build({ ...blog, posts: [] }), "fence")).toEqual([]);
  const mute = makePost({ slug: "mute", title: "…", description: "" });
  const withMute = await build({ ...blog, posts: [mute, ...posts] }, { bodies: { ...BODIES, mute: "<hr>" } });
  expect(await urlsFor(withMute, "fence")).toEqual(["/posts/fence/"]);
  expect(await urlsFor(withMute, null, { tag: "listening" })).toContain("/posts/mute/");
});

test("search finds both of two posts with the same text", async () => {
  const twins = ["one", "two"].map((slug) =>
    makePost({ slug, title: "Twin", body: { ...makePost().body, key: "same" } }),
  );
  expect(await urlsFor(await build({ ...blog, posts: twins }), "twin")).toEqual([
    "/posts/one/",
    "/posts/two/",
  ]);
});

test("an error while building the index stops the build", async () => {
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

test("the year of a post is in the site's zone", () => {
  const years = searchRecords(blog, siteUrls(blog.settings)).map(({ filters }) => filters.year[0]);
  expect(years).toEqual(["2011", "2024", "2024", "2024"]);
});
