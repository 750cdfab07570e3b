/** Front matter written by people and other generators is accepted, or rejected with a suggestion that works. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outcomeOf, type LoadOutcome } from "../../../tests/support/load-outcome.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { fixFrontMatter } from "./fix/fix-front-matter.ts";
import type { Post } from "./model.ts";

const HEAD = "title: Hello\ndate: 2026-01-02\n";

async function load(text: string, name = "posts/a.mdx"): Promise<LoadOutcome> {
  return outcomeOf({ [`content/${name}`]: text });
}

/** Loads a post with front matter, to which a title and a date are added if missing. */
async function postOf(front: string, name?: string): Promise<Post | undefined> {
  const title = /^title|^Title/m.test(front) ? "" : "title: Hello\n";
  const date = /date|Date|created/.test(front) ? "" : "date: 2026-01-02\n";
  const { loaded, errors } = await load(`---\n${title}${date}${front}\n---\nText of the post.\n`, name);
  expect(errors, front).toEqual([]);
  return loaded?.blog.posts[0];
}

describe("values as people write them", () => {
  test.each<[string, Partial<Post>]>([
    ["title: 2024", { title: "2024" }],
    ["title: 3.10", { title: "3.10" }],
    ["title: yes", { title: "yes" }],
    ["title: true", { title: "true" }],
    ["title: 1e3", { title: "1e3" }],
    ["title: 0x1F", { title: "0x1F" }],
    ["tags: [2024, 3.10]", { tags: ["2024", "3.10"] }],
    ["tags: a, b c", { tags: ["a", "b c"] }],
    ["tags: 2024", { tags: ["2024"] }],
    ["tags: []", { tags: [] }],
    ["tags: ''", { tags: [] }],
    ["tags:\n  - one\n  -\n  - two", { tags: ["one", "two"] }],
    ["tags:\n  -\n  - 007\n  - null\n  - 3.10\n  - yes", { tags: ["007", "3.10", "yes"] }],
    ["tags: '#one #two/three'", { tags: ["one", "two/three"] }],
    ["tags: one; two", { tags: ["one", "two"] }],
    ["description: \"It goes on\nwhere the line begins: here\nand: there.\"", { standfirst: "It goes on where the line begins: here and: there." }],
    ["authors:\nseries: ''", { authors: ["nell"], series: null }],
    ["authors: []", { authors: ["nell"] }],
    ["date: “2026-01-02”", { date: "2026-01-01T23:00:00.000Z" }],
    ["draft: 0", { visibility: "published" }],
    ["draft: no", { visibility: "published" }],
    ["draft: 'off'", { visibility: "published" }],
    ["description: ''", { standfirst: null }],
    ["comments: false", { comments: "off" }],
    ["aliases: old/path", { aliases: ["/old/path"] }],
    [
      "aliases: [old/path, /wiki/Some Page/, '/Upper/Case.HTML', /a+b/, /über/, 'https://old.example/2011/x.html']",
      { aliases: ["/old/path", "/wiki/Some%20Page/", "/Upper/Case.HTML", "/a+b/", "/%C3%BCber/", "/2011/x.html"] },
    ],
    ["authors: Nell Hartigan", { authors: ["nell"] }],
    ["toc: no\npinned: yes\nlink: https://a.example/x", { hasToc: false, isPinned: true, link: "https://a.example/x" }],
    ["translationOf: hello\ntranslations: []", { translationOf: "hello", translations: [] }],
    ["extra: { mood: [1, { deep: true }] }", { extra: { mood: [1, { deep: true }] } }],
    ["date: !!timestamp 2026-01-02", { date: "2026-01-01T23:00:00.000Z" }],
    ["date: [2026-01-02]", { date: "2026-01-01T23:00:00.000Z" }],
    ["title: !binary Q2Fmw6k=", { title: "Café" }],
    ["tags: 猫，犬、鳥", { tags: ["猫", "犬", "鳥"] }],
    ["tags: one | two words", { tags: ["one", "two words"] }],
    ["tags:\n  -one\n  -two", { tags: ["one", "two"] }],
    ["tags:\n  • one\n  • two", { tags: ["one", "two"] }],
    ["tags:\n  - { label: One, permalink: /one }", { tags: ["One"] }],
    ["date: 2026-01-02\ntags: false\nseries: false\nupdated: false\ncover: false", { tags: [], series: null, updated: null, cover: null }],
    ["authors: [nell, Nell Hartigan]", { authors: ["nell"] }],
    ["authors: { nell: Editor }", { authors: ["nell"] }],
    ["authors: [[Nell Hartigan]]", { authors: ["nell"] }],
    ["authors: By Nell Hartigan", { authors: ["nell"] }],
    ["authors: content/authors/nell.yaml", { authors: ["nell"] }],
    ["authors: Nell Hartigan <nell@mail.example>", { authors: ["nell"] }],
    ["toc: { depth: 2 }", { hasToc: true }],
    ["comments: { provider: giscus }", { comments: "open" }],
    ["slug: Other Name", { slug: "other-name", path: "/posts/other-name/" }],
  ])("%s", async (front, expected) => {
    expect(await postOf(front)).toMatchObject(expected);
  });

  test.each(["draft: 1", "draft: yes", "draft: 'on'", "published: false", "status: draft", "publish: no", "visibility: private", "status: in review", "status: idea", "permalink: false", "password: abc", "encrypted: true", "dg-publish: false"])(
    "%s keeps a post from readers",
    async (front) => {
      const { loaded } = await load(`---\n${HEAD}${front}\n---\nSecret.\n`);
      expect(loaded?.blog.posts).toEqual([]);
      expect(loaded?.blog.heldBack.drafts).toHaveLength(1);
    },
  );
});

describe("keys of other generators", () => {
  const DAY = "2026-01-01T23:00:00.000Z";

  test.each<[string, Partial<Post>]>([
    ["Title: Hello\nDate: 2026-01-02", { title: "Hello", date: DAY }],
    ["pubDate: 'Jan 02 2026'\nupdatedDate: 2026-02-01\nheroImage: ''", { date: DAY, updated: "2026-01-31T23:00:00.000Z" }],
    ["pubDatetime: 2026-01-02T00:00:00+01:00\nmodDatetime: 2026-02-01\nfeatured: true\nogImage: ''", { date: DAY, isPinned: true }],
    ["date_published: 2026-01-02\ndate_updated: 2026-02-01\nstatus: published\nvisibility: public", { date: DAY }],
    ["publishDate: 2026-01-02\nlastmod: 2026-02-01\nweight: 3\nmath: true", { date: DAY, hasToc: null }],
    ["date: 2025-11-30\npublishDate: 2026-01-02", { date: DAY }],
    ["date: 2026-01-02\nlast_update: { date: 2026-02-01, author: nell }", { updated: "2026-01-31T23:00:00.000Z" }],
    ["date: 2026-01-02\nlastUpdated: true", { updated: null }],
    ["permalink: pretty", { aliases: [] }],
    ["author_name: Nell Hartigan\nauthor_email: nell@mail.example", { authors: ["nell"] }],
    ["summary: In short.\ncreated: 2026-01-02", { standfirst: "In short." }],
    ["published: 2026-01-02\ndate:", { date: DAY }],
    ["category: Social Media\ntags: [a]", { tags: ["a", "Social Media"] }],
    ["categories: [[Life, Travel], Home]\ntags: [life]", { tags: ["life", "Travel", "Home"] }],
    ["taxonomies: { tags: [x], categories: [y] }", { tags: ["x", "y"] }],
    ["keywords: one, two", { tags: ["one", "two"] }],
    ["redirect_from: /old/", { aliases: ["/old/"] }],
    ["permalink: /life/2014/hello/\nalias: [/b/]", { aliases: ["/life/2014/hello/", "/b/"] }],
    ["permalink: /:year/:slug/", { aliases: [] }],
    ["external_url: https://a.example/", { link: "https://a.example/" }],
    ["canonical_url: https://a.example/", { canonical: "https://a.example/" }],
    ["author: '[[Nell Hartigan]]'", { authors: ["nell"] }],
    ["author: { name: Nell Hartigan, url: x }", { authors: ["nell"] }],
    ["ShowToc: true\ndisableComments: true\nsticky: 100", { hasToc: true, comments: "off", isPinned: true }],
    ["author: ''\nhide_table_of_contents: true\ntimezone: Asia/Tokyo", { authors: ["nell"], hasToc: false }],
    ["language: de", { lang: "de" }],
    ["in-reply-to: https://a.example/1\nlike_of: https://a.example/2", {}],
    ["params: { mood: blue }", { extra: { mood: "blue" } }],
  ])("%s", async (front, expected) => {
    expect(await postOf(front)).toMatchObject(expected);
  });

  test("a picture becomes the cover, with or without alternative text", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><path d="M0 0h4v3z"/></svg>';
    for (const [front, alt] of [
      ["image: ./p.svg", ""],
      ["image: '[[./p.svg]]'", ""],
      ["cover: '![[./p.svg|300]]'", ""],
      ["image: ./p.svg\nimage_alt: A fence", "A fence"],
      ["coverImage: { src: ./p.svg, alt: A fence }", "A fence"],
      ["cover: { image: ./p.svg, alt: A fence, relative: true }", "A fence"],
      ["images: [./p.svg]", ""],
      ["header: { teaser: ./p.svg }", ""],
    ] as const) {
      const { loaded, errors } = await outcomeOf({
        "content/posts/a.md": `---\n${HEAD}${front}\n---\nText\n`,
        "content/posts/p.svg": svg,
      });
      expect(errors, front).toEqual([]);
      expect(loaded?.blog.posts[0]?.cover, front).toMatchObject({ file: "content/posts/p.svg", alt });
    }
  });

  test.each([
    'const title = "Hello";\nconst date = "2026-01-02";\nconst tags = ["a", `b`];',
    "{\n  title: 'Hello', // a remark\n  date: new Date('2026-01-02'),\n  \"tags\": ['a', 'b'],\n}",
    "export default { title: 'Hello', date: '2026-01-02', tags: ['a', 'b'] };",
  ])("literals of JavaScript are read without running them: %s", async (code) => {
    const { loaded, errors } = await load(`---js\n${code}\n---\nText\n`);
    expect(errors).toEqual([]);
    expect(loaded?.blog.posts[0]).toMatchObject({ title: "Hello", date: DAY, tags: ["a", "b"] });
  });

  test("a value computed by JavaScript is an error with its line", async () => {
    const { errors } = await load("---js\nconst title = process.env.TITLE;\nconst date = \"2026-01-02\";\n---\nText\n");
    expect(errors).toContain("content/posts/a.mdx:2 `title` is computed by JavaScript, which isn't run");
    expect((await load("---js\nlet the sun in\n---\nText\n")).errors[0]).toContain(
      "Front matter in JavaScript can't be read",
    );
  });

  test.each([
    ["May 08", []],
    ["8 May", []],
    ["May, 8", []],
    ["May 09", ["content/posts/2018-05-08-a.md:3 `date` can't be read as a date: May 09"]],
  ])("a day without a year, %s, has that of the file's name when they agree", async (date, expected) => {
    const { errors, loaded } = await load(`---\ntitle: A\ndate: ${date}\n---\nText\n`, "posts/2018-05-08-a.md");
    expect(errors).toEqual(expected);
    if (expected.length === 0) expect(loaded?.blog.posts[0]?.date).toBe("2018-05-07T22:00:00.000Z");
  });

  test("a Jekyll post keeps its date, tags and address", async () => {
    const head = 'layout: post\ntitle: "A Jekyll post"\ncategories: life travel\npermalink: /life/2014/hello-world/';
    const { loaded } = await load(`---\n${head}\n---\nText\n`, "posts/2014-06-13-hello-world.md");
    expect(loaded?.blog.posts[0]).toMatchObject({
      slug: "hello-world",
      date: "2014-06-12T22:00:00.000Z",
      tags: ["life", "travel"],
      aliases: ["/life/2014/hello-world/"],
    });
  });

  test("renamed and ignored keys get one note each for all files", async () => {
    const { loaded } = await outcomeOf({
      "content/posts/a.md": "---\ntitle: A\npubDate: 2026-01-02\nlayout: post\n---\nA\n",
      "content/posts/b.md": "---\ntitle: B\npubDate: 2026-01-02\nlayout: post\ntype: x\n---\nB\n",
    });
    expect(loaded?.notes).toEqual([
      "Keys of other generators were read as Backfence's: `pubDate` as `date` (2 files). npx backfence check --fix writes them so.",
      "Keys without a meaning here were ignored: `layout` (2 files), `type` (1 file).",
    ]);
  });
});

describe("front matter in other formats", () => {
  test.each([
    ["TOML", '+++\ntitle = "Hello"\ndate = 2026-01-02T00:00:00+01:00\ntags = ["one", 3.10]\n+++\nText\n'],
    ["TOML with a local date", '+++\ntitle = "Hello"\ndate = 2026-01-02\ntags = ["one", "3.10"]\n+++\nText\n'],
    ["JSON", '{\n  "title": "Hello",\n  "date": "2026-01-02",\n  "tags": ["one", "3.10"]\n}\n\nText\n'],
    ["JSON as Hexo has it", '"title": "Hello",\n"date": "2026-01-02",\n"tags": ["one", "3.10"]\n;;;\nText\n'],
    ["YAML without the first line", "title: Hello\ndate: 2026-01-02\ntags:\n- one\n- 3.10\n---\nText\n"],
    ["lines as Pelican has them", "Title: Hello\nDate: 2026-01-02\nTags: one, 3.10\n\nText\n"],
    ["dashes of a word processor", "—\ntitle: Hello\ndate: 2026-01-02\ntags: [one, 3.10]\n—\nText\n"],
    ["after empty lines", "\n\n---\ntitle: Hello\ndate: 2026-01-02\ntags: [one, 3.10]\n...\nText\n"],
    ["named in the first line", '---toml\ntitle = "Hello"\ndate = 2026-01-02\ntags = ["one", "3.10"]\n---\nText\n'],
  ])("%s", async (_, text) => {
    const { loaded, errors } = await load(text, "posts/a.md");
    expect(errors).toEqual([]);
    expect(loaded?.blog.posts[0]).toMatchObject({
      title: "Hello",
      date: "2026-01-01T23:00:00.000Z",
      tags: ["one", "3.10"],
      excerpt: "Text",
    });
  });

  test("errors have the line in the file", async () => {
    expect((await load('+++\ntitle = "A"\ndate = 2026-01-02\nlang = "english"\n+++\n')).errors).toEqual([
      expect.stringMatching(/^content\/posts\/a\.mdx:4 `lang` should be/),
    ]);
    expect((await load("+++\ntitle = Hello you\n+++\n")).errors).toEqual([
      expect.stringMatching(/^content\/posts\/a\.mdx:2 The TOML between the \+\+\+ lines can't be read/),
    ]);
    expect((await load('{\n"title": "A",\n"date": "2026-01-02",\n"lang": "en_US"\n}\n')).errors).toEqual([
      expect.stringMatching(/^content\/posts\/a\.mdx:4 /),
    ]);
  });
});

/** Each rejected form, and the hint whose last lines, pasted in its place, cause no error. */
describe("a suggested form works when pasted", () => {
  test.each([
    ["title: #100daysofcode", 'title: "#100daysofcode"'],
    ["title: We are #1", 'title: "We are #1"'],
    ["title:Hello", "title: Hello"],
    ["title: My trip: part one", 'title: "My trip: part one"'],
    ["date: 03/04/2024", "date: 2024-04-03"],
    ["date: 2024-03", "date: 2024-03-01"],
    ["date: 2026-02-30", "date: 2026-02-28"],
    ["date: 45678", "date: 2026-03-01 09:30"],
    ["aliases: [../b/c.html]", "aliases:\n  - /b/c.html"],
    ["date: 1709632800", "date: 2024-03-05T10:00:00Z"],
    ["date: 1709632800123", "date: 2024-03-05T10:00:00.123Z"],
    ["date: 05.03.24", "date: 2024-03-05"],
    ["date: 2024-3-5T9:5", "date: 2024-03-05"],
    ["date: 2024-03-05 in the evening", "date: 2024-03-05"],
    ["lang: en_US", "lang: en-US"],
    ["lang: english", "lang: en"],
    ["canonical: www.example.org/a", "canonical: https://www.example.org/a"],
    ["tags: social media", "tags: [social, media]"],
    ["categories: social media", "categories: [social, media]"],
    ["wibble: { a: 1 }", "extra:\n  wibble:\n    a: 1"],
    ["tgas: [a]", "`tags`"],
  ])("%s", async (front, form) => {
    const rest = HEAD.replace(new RegExp(`^${front.split(":")[0] ?? ""}:.*\n`, "m"), "");
    const { errors, hints } = await load(`---\n${rest}${front}\n---\nText\n`);
    expect(errors.length, front).toBeGreaterThan(0);
    expect(hints.join("\n")).toContain(form);
    if (form.startsWith("`")) return;
    expect((await load(`---\n${rest}${form}\n---\nText\n`)).errors).toEqual([]);
  });

  test.each([
    ["date = '03/04/2024'", 'date = "2024-04-03"'],
    ["lang = 'english'\ndate = 2024-01-02", 'lang = "en"'],
    ["tags = 'social media'\ndate = 2024-01-02", 'tags = [ "social", "media" ]'],
    ["date = 2024-01-02\nwibble = 1", "[extra]\nwibble = 1"],
  ])("in TOML: %s", async (front, form) => {
    const { errors, hints } = await load(`+++\ntitle = "A"\n${front}\n+++\nText\n`);
    expect(errors).toHaveLength(1);
    expect(hints.join("\n")).toContain(form);
    const key = form.replace(/^\[extra\]\n/, "").split(" ")[0] ?? "";
    const rest = front.split("\n").filter((line) => !line.startsWith(key));
    expect((await load(`+++\ntitle = "A"\n${[...rest, form].join("\n")}\n+++\nText\n`)).errors).toEqual([]);
  });

  test("in JSON", async () => {
    const { hints } = await load('{ "title": "A", "date": "03/04/2024" }\nText\n');
    expect(hints.join("\n")).toContain('"date": "2024-04-03"');
  });

  test("an author without a file", async () => {
    const text = `---\n${HEAD}author: Sat Naing\n---\nText\n`;
    const { errors, hints } = await load(text);
    expect(errors).toEqual(["content/posts/a.mdx:4 There is no author `Sat Naing`"]);
    expect(hints).toEqual(["Authors are files. Make content/authors/sat-naing.yaml with\nname: Sat Naing"]);
    const made = await outcomeOf({ "content/posts/a.mdx": text, "content/authors/sat-naing.yaml": "name: Sat Naing\n" });
    expect(made.errors).toEqual([]);
    expect(made.loaded?.blog.posts[0]?.authors).toEqual(["sat-naing"]);
  });

  test("front matter that is never closed", async () => {
    const { errors, hints } = await load("---\ntitle: A\ndate: 2026-01-02\n\nText here.\n");
    expect(errors).toEqual(["content/posts/a.mdx:4 The front matter isn't closed: a line --- is missing"]);
    const head = (hints[0] ?? "").split("\n").slice(1).join("\n");
    expect((await load(`${head}\n\nText here.\n`)).errors).toEqual([]);
  });

  test.each(["```yaml\ntitle: A\ndate: 2026-01-02\n```\n", "<!--\ntitle: A\ndate: 2026-01-02\n-->\n", "***\ntitle: A\ndate: 2026-01-02\n***\n"])(
    "front matter in another frame: %j",
    async (text) => {
      const { errors, hints } = await load(`${text}Text\n`);
      expect(errors[0]).toBe("content/posts/a.mdx:1 The front matter is missing");
      expect((await load(`${(hints[0] ?? "").split("\n").slice(1).join("\n")}\nText\n`)).loaded?.blog.posts[0]).toMatchObject({
        title: "A",
        date: "2026-01-01T23:00:00.000Z",
      });
    },
  );

  test("a query in an alias is an error that explains why", async () => {
    const { errors, hints } = await load(`---\n${HEAD}aliases: ['/?p=123', /]\n---\nText\n`);
    expect(errors).toHaveLength(2);
    expect(hints.join("\n")).toContain("A static host ignores everything after the ?");
  });
});

test("a slug that is too long for a disk is an error, and the suggested one works", async () => {
  const slug = "long-".repeat(60) + "end";
  const { errors, hints } = await load(`---\n${HEAD}slug: ${slug}\naliases: [/${slug}/]\n---\nText\n`);
  expect(errors).toHaveLength(2);
  const form = hints.find((hint) => hint.includes("slug:"))?.split("\n").at(-1) ?? "";
  expect((await load(`---\n${HEAD}${form}\n---\nText\n`)).errors).toEqual([]);
});

test("an unfilled template placeholder is reported as one", async () => {
  const { errors } = await load("---\ntitle: {{ title }}\ndate: {{date}}\n---\nText\n");
  expect(errors).toEqual([
    "content/posts/a.mdx:2 `title` still contains an unfilled template placeholder: {{ title }}",
    "content/posts/a.mdx:3 `date` still contains an unfilled template placeholder: {{ date }}",
  ]);
});

test("front matter of Nikola is read, with or without a comment around it", async () => {
  const lines = ".. title: Hello: a trip\n.. date: 2012-09-15 19:52:05 UTC\n.. tags: nikola, python\n.. type: text\n";
  for (const text of [`<!--\n${lines}-->\n\nBody.\n`, `${lines}\nBody.\n`]) {
    const { loaded, errors } = await outcomeOf({ "content/posts/a.md": text });
    expect(errors).toEqual([]);
    expect(loaded?.blog.posts[0]).toMatchObject({
      ...{ title: "Hello: a trip", date: "2012-09-15T19:52:05.000Z", tags: ["nikola", "python"] },
      body: { excerpt: "Body." },
    });
  }
});

test("all errors of a file are reported at once", async () => {
  const front = "title: ''\ndate: 03/04/2024\nlang: english\ntgas: [a]\ncover: ./p.svg\ncanonical: nowhere\ndraft: maybe";
  const { errors } = await load(`---\n${front}\n---\n[x](/none/)\n`);
  expect(errors.map((error) => error.split(" ")[0])).toEqual(
    expect.arrayContaining([2, 3, 4, 5, 6, 7, 8, 10].map((line) => `content/posts/a.mdx:${line}`)),
  );
});

test("any front matter results in a blog or in errors with a line", { timeout: 120_000 }, async () => {
  const key = fc.constantFrom("title", "date", "tags", "cover", "authors", "draft", "aliases", "extra", "author", "image", "lang", "slug", "link", "taxonomies", "published", "permalink", "series", "wibble", "rsvp", "syndication", "inReplyTo");
  const value = fc.constantFrom("", "2024-01-01", "[1, [2, {a: b}]]", "{a: {b: c}}", "true", "-", "\n  - {x: y}\n  - 3", "'", "&a [*a]", "!!binary aGk=", "0x1F", ".nan", "|\n  text", "[", "https://a.example/", "/x y/", "\t", "null", "~", "🙂", "a: b", "<!--", "*", "\u0000");
  const fence = fc.constantFrom("---", "+++", "", "{", "—", "...");
  const text = fc
    .tuple(fence, fc.array(fc.tuple(key, fc.constantFrom(": ", ":", " = ", " "), value), { maxLength: 5 }), fence)
    .map(([opening, pairs, closing]) => `${opening}\n${pairs.map((parts) => parts.join("")).join("\n")}\n${closing}\n\nText.\n`);
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom("posts/a.md", "notes/2024-01-01.md", "pages/a.md"), async (file, name) => {
      const { errors } = await load(file, name);
      for (const error of errors) expect(error).toMatch(/^content\/[\w./-]+:\d+ \S/);
    }),
    propertyRuns(80),
  );
});

test("a post is published until it expires, then taken down", async () => {
  const at = (date: string) => outcomeOf({ "content/posts/a.md": `---\n${HEAD}expiryDate: ${date}\n---\nText\n` });
  const { loaded: before } = await at("2026-06-02");
  expect(before?.blog.posts.map(({ slug }) => slug)).toEqual(["a"]);
  expect(before?.blog.tombstones).toEqual([]);
  expect(before?.notes.join()).toContain("`expiryDate` as `expires`");
  const { loaded: after } = await at("2026-05-01");
  expect(after?.blog.posts).toEqual([]);
  expect(after?.blog.tombstones).toMatchObject([{ path: "/posts/a/", deleted: "2026-05-01" }]);
  expect((await at("some day")).errors).toEqual(["content/posts/a.md:4 `expires` can't be read as a date: some day"]);
});

test("an unknown short key can be kept as the author's own", async () => {
  const { hints } = await load(`---\n${HEAD}loc: Kyoto\n---\nText\n`);
  expect(hints[0]?.split("\n")[0]).toContain("Did you mean `toc`?");
  expect((await load(`---\n${HEAD}${hints[0]?.split("\n").slice(1).join("\n")}\n---\nText\n`)).errors).toEqual([]);
});

test.each([
  ["autor: Nell", "authors"],
  ["schlagwörter: [a]", "tags"],
  ["título: A", "title"],
  ["日付: 2026-01-02", "date"],
  ["heroImge: a.svg", "heroImage"],
  ["publised: false", "published"],
  ["cat_gories: [a]", "categories"],
  ["wieght: 3", "weight"],
])("a key in another language, or a mistyped one of another generator, is never moved away: %s", async (line, meant) => {
  const text = `---\n${HEAD}${line}\n---\nText.\n`;
  const { errors, hints } = await load(text);
  expect(errors).toHaveLength(1);
  expect(hints[0]).toMatch(`Did you mean \`${meant}\`?`);
  expect(fixFrontMatter(text, "content/posts/a.md", "post")).toBeNull();
});

test("`publishDate` takes precedence over `date`, also after `check --fix`", () => {
  const text = "---\ntitle: A\ndate: 2025-11-30\npublishDate: 2027-01-02\n---\nText.\n";
  expect(fixFrontMatter(text, "content/posts/a.md", "post")?.text).toBe("---\ntitle: A\ndate: 2027-01-02\n---\nText.\n");
});

test("a cover with other keys for its file and description is read, and the suggestion for an invalid one works", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><path d="M0 0h4v3z"/></svg>';
  const withCover = (cover: string) =>
    outcomeOf({ "content/posts/a.md": `---\n${HEAD}${cover}\n---\nText.\n`, "content/posts/p.svg": svg });
  for (const cover of [
    "cover: { source: p.svg, alt: A }",
    "cover: { src: p.svg, altText: A }",
    "cover: { src: p.svg, alt_text: A }",
    "cover: [{ src: p.svg, alt: A }]",
    "hero: { image: { src: p.svg, alt: A } }",
    "image: p.svg\nalt: A",
    "featured: { image: p.svg, alt: A }",
  ]) {
    const { loaded, errors } = await withCover(cover);
    expect(errors, cover).toEqual([]);
    expect(loaded?.blog.posts[0]?.cover, cover).toMatchObject({ file: "content/posts/p.svg", alt: "A" });
  }
  for (const cover of ["cover: '![A](p.svg)'", "cover: p.svg", "cover:\n  src: p.svg"]) {
    const { hints } = await withCover(cover);
    const corrected = (hints[0] ?? "").split("\n").slice(cover.includes("\n") ? -3 : -1).join("\n");
    expect((await withCover(corrected)).errors, cover).toEqual([]);
  }
});

test("letters that another program read in the wrong encoding get one note for all files", async () => {
  const { loaded } = await outcomeOf({
    "content/posts/a.md": `---\n${HEAD}---\nA CafÃ© in MÃ¼nchen, and itâ€™s open.\n`,
    "content/posts/b.md": `---\n${HEAD}description: Â£5\n---\nText.\n`,
    "content/posts/c.md": `---\n${HEAD}---\nÉ in ROMÂ, « MAÇÃ », “MAÇÔ, 5 â 6.\n`,
  });
  expect(loaded?.notes.filter((note) => note.includes("wrong encoding"))).toEqual([
    "content/posts/a.md:5 (and 1 more): Another program read letters of this text in the wrong encoding. CafÃ© was probably Café.",
  ]);
});
