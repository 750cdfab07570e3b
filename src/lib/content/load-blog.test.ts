import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { blogFolder, change, load, NOW, post, SVG } from "../../../tests/support/blog-folder.ts";
import { AuthorError } from "../author-error.ts";
import { readBody } from "../markdown/body-file.ts";
import { renderBody } from "../markdown/render-body.ts";
import type { RenderBody } from "./body-entry.ts";
import { openContentStore } from "./content-store.ts";

const ENTRY = { type: "feed", children: [] };

describe("what is published", () => {
  const files = {
    "content/posts/out.mdx": post("date: 2026-03-01", "Read [the other](/posts/other/).\n"),
    "content/posts/other.mdx": post("date: 2026-03-02"),
    "content/posts/draft.mdx": post("draft: true\ntitle: Unfinished"),
    "content/posts/later.mdx": post("date: 2026-06-01T14:00:01+02:00\ntitle: Later"),
    "content/posts/gone.mdx": post("deleted: 2026-05-01\ntitle: Gone\naliases: [/old/gone.html]"),
    "content/pages/about.mdx": "---\ntitle: About\n---\nHi.\n",
    "content/pages/plans.mdx": "---\ntitle: Plans\ndraft: true\n---\nHm.\n",
    "content/responses/draft.json": JSON.stringify(ENTRY),
    "content/site.yaml": "title: T\ntimeZone: Europe/Berlin\nstartHere: [draft, out]\n",
  };

  test("a build leaves out drafts and scheduled posts, and lists them", async () => {
    const { blog } = await load(blogFolder(files));
    expect(blog.posts.map(({ slug }) => slug)).toEqual(["other", "out"]);
    expect(blog.pages.map(({ slug }) => slug)).toEqual(["about"]);
    expect(blog.settings.startHere).toEqual(["out"]);
    expect(Object.keys(blog.responses)).toEqual([]);
    expect(blog.heldBack).toEqual({
      drafts: [
        { file: "content/posts/draft.mdx", title: "Unfinished" },
        { file: "content/pages/plans.mdx", title: "Plans" },
      ],
      scheduled: [{ file: "content/posts/later.mdx", title: "Later", date: "2026-06-01T14:00:01+02:00" }],
    });
  });

  test("a scheduled post is published at the second of its date", async () => {
    const { blog } = await load(blogFolder(files), { now: new Date(NOW.getTime() + 1000) });
    expect(blog.posts.map(({ slug }) => slug)).toContain("later");
  });

  test("in dev, the author sees everything, marked by visibility, and can link to drafts", async () => {
    const linking = { ...files, "content/posts/out.mdx": post("", "[d](/posts/draft/)\n") };
    const { blog } = await load(blogFolder(linking), { mode: "dev" });
    expect(
      Object.fromEntries([...blog.posts, ...blog.pages].map(({ slug, visibility }) => [slug, visibility])),
    ).toEqual({
      out: "published",
      other: "published",
      draft: "draft",
      later: "scheduled",
      about: "published",
      plans: "draft",
    });
  });

  test("a post that was taken down leaves only its tombstone", async () => {
    const { blog } = await load(blogFolder(files));
    expect(blog.tombstones).toEqual([
      { slug: "gone", path: "/posts/gone/", title: "Gone", deleted: "2026-05-01", aliases: ["/old/gone.html"] },
    ]);
  });

  test("drafts aren't among the related posts", async () => {
    const about = (title: string) =>
      post(`title: ${title}\ntags: [neighbours]`, "Neighbours chat over garden fences.\n");
    const { related } = await load(
      blogFolder({
        "content/posts/a.mdx": about("A"),
        "content/posts/b.mdx": about("B"),
        "content/posts/secret.mdx": about("C").replace("title", "draft: true\ntitle"),
      }),
    );
    expect(Object.keys(related)).toEqual(["a", "b"]);
    expect(related["a"]?.map(({ slug }) => slug)).toEqual(["b"]);
  });
});

describe("a blog without settings", () => {
  test("an empty project builds, with a note on what to do", async () => {
    const root = blogFolder({ "content/site.yaml": null, "content/authors/nell.yaml": null });
    const { blog, notes } = await load(root);
    expect(blog.posts).toEqual([]);
    expect(blog.settings.title).toBe("My blog");
    expect(notes).toEqual([
      "There is no content/site.yaml: the blog has the default settings (see docs/settings.md).",
      'There are no posts yet: npx backfence new "A title" makes one.',
      expect.stringContaining("has no `url`"),
    ]);
  });

  test("a post without an author has the blog as its author", async () => {
    const root = blogFolder({
      "content/site.yaml": "# nothing yet\n",
      "content/authors/nell.yaml": null,
      "content/posts/hello.mdx": "---\ntitle: Hello\ndate: 2026-03-01T10:00:00Z\n---\nHi.\n",
    });
    const { blog, notes } = await load(root);
    expect(blog.posts[0]?.authors).toEqual(["my-blog"]);
    expect(blog.authors.map(({ id, name }) => [id, name])).toEqual([["my-blog", "My blog"]]);
    expect(notes).toEqual([
      "Nothing is set in content/site.yaml: the blog has the default settings (see docs/settings.md).",
      expect.stringContaining("has no `url`"),
    ]);
  });
});

describe("settings for the whole blog", () => {
  test("`comments: false` switches off every conversation and the pages about people", async () => {
    const root = blogFolder({
      "content/site.yaml": "timeZone: UTC\ncomments: false\n",
      "content/posts/out.mdx": post("date: 2026-03-01\ncomments: open"),
    });
    const { blog } = await load(root);
    expect(blog.posts.map(({ comments }) => comments)).toEqual(["off"]);
    expect(blog.settings.people.isOn).toBe(false);
  });

  test("`words.yaml` replaces interface texts, also in bodies", async () => {
    const root = blogFolder({
      "content/site.yaml": "timeZone: UTC\n",
      "content/words.yaml": "conversation: { title: Letters }\nbody: { footnotes: Asides }\n",
      "content/posts/out.mdx": post("date: 2026-03-01", "One.[^1]\n\n[^1]: Two.\n"),
    });
    const { blog, store } = await load(root);
    expect(blog.settings.words).toEqual({
      en: { conversation: { title: "Letters" }, body: { footnotes: "Asides" } },
    });
    const body = readBody(store.bodies, blog.posts[0]?.body.key ?? "");
    expect(JSON.stringify(body)).toContain("Asides");
  });

  test("an error in `words.yaml` stops the build with its line", async () => {
    const root = blogFolder({ "content/words.yaml": "conversation:\n  titel: Letters\n" });
    await expect(load(root)).rejects.toThrow(/content\/words\.yaml:2[^]*Did you mean `title`/);
  });
});

describe("data of a post", () => {
  test("is loaded completely, with its author, series and pictures", async () => {
    const root = blogFolder({
      "content/series/home.yaml": "title: Coming home\ndescription: Owning your side.\n",
      "content/authors/nell.yaml":
        "name: Nell Hartigan\nshort: Edits\nbio: |\n  Nell *edits*.\n\n  And writes.\nguest: true\nphoto: { src: ./nell.svg, alt: Nell }\nlinks:\n  - { label: Site, url: https://nell.example/ }\n",
      "content/authors/nell.svg": SVG,
      "content/posts/zaun/index.mdx": post(
        "title: Der Zaun\ndescription: Kein Rand.\ndate: 2024-09-02 08:15\nupdated: 2024-10-01\nauthors: [nell]\ntags: [Gespräche]\nseries: home\n" +
          "cover: { src: ./cover.svg, alt: Ein Zaun, credit: Ann, creditUrl: https://ann.example/ }\nkicker: Notiz\nquestion: Und Sie?\ncomments: closed\nlang: de\n" +
          "aliases: [/alt/über.html]\ncanonical: https://else.example/\nsyndication: [https://social.example/1]\ninReplyTo: https://a.example/1\nrsvp: yes\nlikeOf: [https://a.example/2, https://a.example/3]\n" +
          "contentNote: Streit.\nsensitive: true\nid: old-name",
        "Guten Tag.\n",
      ),
      "content/posts/zaun/cover.svg": SVG,
    });
    const { blog, pictures } = await load(root);
    expect(blog.posts[0]).toMatchObject({
      id: "old-name",
      slug: "zaun",
      file: "content/posts/zaun/index.mdx",
      title: "Der Zaun",
      description: "Kein Rand.",
      date: "2024-09-02T06:15:00.000Z",
      updated: "2024-09-30T22:00:00.000Z",
      authors: ["nell"],
      tags: ["Gespräche"],
      series: "home",
      cover: {
        file: "content/posts/zaun/cover.svg",
        alt: "Ein Zaun",
        credit: "Ann",
        creditUrl: "https://ann.example/",
      },
      kicker: "Notiz",
      question: "Und Sie?",
      comments: "closed",
      lang: "de",
      dir: "ltr",
      aliases: ["/alt/%C3%BCber.html"],
      canonical: "https://else.example/",
      syndication: ["https://social.example/1"],
      answering: [
        { kind: "rsvp", url: "https://a.example/1", rsvp: "yes" },
        { kind: "like-of", url: "https://a.example/2", rsvp: null },
        { kind: "like-of", url: "https://a.example/3", rsvp: null },
      ],
      contentNote: "Streit.",
      isSensitive: true,
    });
    expect(blog.authors[0]).toMatchObject({
      name: "Nell Hartigan",
      isGuest: true,
      photo: { file: "content/authors/nell.svg" },
    });
    expect(blog.authors[0]?.bioHtml).toBe("<p>Nell <em>edits</em>.</p>\n<p>And writes.</p>");
    expect(pictures.get("content/posts/zaun/cover.svg")?.width).toBe(40);
    expect(structuredClone(blog)).toEqual(blog);
  });

  test("names in any script become addresses, and right-to-left texts are marked", async () => {
    const { blog } = await load(
      blogFolder({
        "content/posts/صداقة.mdx": post("lang: ar\ntags: [صداقة]", "[مرحبا](/posts/صداقة/)\n"),
        "content/posts/cafe\u0301.mdx": post(),
      }),
    );
    expect(blog.posts.map(({ slug, dir }) => [slug, dir])).toEqual([
      ["café", "ltr"],
      ["صداقة", "rtl"],
    ]);
  });

  test("links within the blog can lead to lists, feeds, files, aliases and anchors of any kind", async () => {
    const links = [
      "/",
      "/posts/",
      "/posts/hello",
      "/posts/hello/#intro",
      "/tags/a-b/",
      "/tags/a-b/rss.xml",
      "/authors/nell/",
    ];
    const more = [
      "/archive/2026/",
      "/archive/2026/03/",
      "/old.html",
      "/files/x.pdf",
      "/search/?q=x",
      "/about/#team",
      "#fn-1",
      "#c7",
    ];
    const others = [
      "https://else.example/posts/none/",
      "mailto:a@b.example",
      "/people/ann/",
      "/posts/hello/responses/2/",
      "/posts/hello/responses.xml",
    ];
    const body = [...links, ...more, ...others].map((url) => `[x](${url})`).join(" ");
    const feed = { type: "feed", children: [{ ...RESPONSE, "wm-id": 7 }] };
    const { blog } = await load(
      blogFolder({
        "content/posts/hello.mdx": post(
          "tags: [A b]\naliases: [/old.html]",
          `## Intro\n\n${body} note[^1].\n\n[^1]: A note.\n`,
        ),
        "content/pages/about.mdx": "---\ntitle: About\n---\n\n## Team\n\nUs.\n",
        "content/responses/hello.json": JSON.stringify(feed),
        "public/files/x.pdf": "x",
      }),
    );
    expect(blog.posts).toHaveLength(1);
    expect(blog.responses["hello"]).toHaveLength(1);
  });
});

const RESPONSE = {
  type: "entry",
  status: "approved",
  author: { type: "card", name: "Ada" },
  url: "https://ada.example/1",
  "wm-source": "https://ada.example/1",
  "wm-target": "https://test.example/posts/hello/",
  "wm-protocol": "webmention",
  "wm-property": "in-reply-to",
  "wm-received": "2026-05-11T09:31:10Z",
};

describe("loading again", () => {
  /** Records the files that are rendered. */
  function counting(): { readonly render: RenderBody; readonly rendered: string[] } {
    const rendered: string[] = [];
    const render: RenderBody = (source, pictures) => {
      rendered.push(source.file);
      return renderBody(source, pictures);
    };
    return { render, rendered };
  }

  const files = {
    "content/posts/a.mdx": post("title: A", "Words of A.\n"),
    "content/posts/b/index.mdx": post("title: B\ncover: { src: ./b.svg, alt: B }", "![B](./b.svg)\n"),
    "content/posts/b/b.svg": SVG,
    "content/pages/about.mdx": "---\ntitle: About\n---\nHi.\n",
    "content/responses/a.json": JSON.stringify({ type: "feed", children: [{ ...RESPONSE, "wm-id": 1 }] }),
  };

  /** Sets old timestamps on all files, so that they count as settled. */
  function settle(root: string): void {
    for (const file of readdirSync(path.join(root, "content"), { recursive: true, encoding: "utf8" })) {
      utimesSync(path.join(root, "content", file), new Date("2026-01-01"), new Date("2026-01-01"));
    }
  }

  test("renders nothing if nothing changed, and returns the same blog", async () => {
    const root = blogFolder(files);
    const first = await load(root);
    const { render, rendered } = counting();
    const second = await load(root, { render });
    expect(rendered).toEqual([]);
    expect(second.blog).toEqual(first.blog);
    expect(second.related).toEqual(first.related);
    expect(second.pictures.get("content/posts/b/b.svg")).not.toBeNull();
  });

  test("renders only what changed", async () => {
    const root = blogFolder(files);
    await load(root);
    change(root, { "content/posts/a.mdx": post("title: A", "Words of B.\n") });
    const { render, rendered } = counting();
    const { blog } = await load(root, { render });
    expect(rendered).toEqual(["content/posts/a.mdx"]);
    expect(blog).toEqual((await load(root, { cacheDir: path.join(root, ".fresh") })).blog);
  });

  test("a file with new timestamps and the same text isn't rendered, as after a fresh checkout", async () => {
    const root = blogFolder(files);
    await load(root);
    settle(root);
    const { render, rendered } = counting();
    await load(root, { render });
    expect(rendered).toEqual([]);
  });

  test("a change of the same length with the same timestamp isn't missed", async () => {
    const root = blogFolder(files);
    settle(root);
    await load(root);
    writeFileSync(path.join(root, "content/posts/a.mdx"), post("title: A", "Words of Z.\n"));
    settle(root);
    const { blog } = await load(root);
    expect(blog.posts.find(({ slug }) => slug === "a")?.body.excerpt).toBe("Words of Z.");
  });

  test("a changed picture with the same name renders the posts that show it again", async () => {
    const root = blogFolder(files);
    await load(root);
    change(root, { "content/posts/b/b.svg": SVG.replace('width="40"', 'width="80"') });
    const { render, rendered } = counting();
    const { blog, store } = await load(root, { render });
    expect(rendered).toEqual(["content/posts/b/index.mdx"]);
    const key = blog.posts.find(({ slug }) => slug === "b")?.body.key ?? "";
    expect(readBody(store.bodies, key)?.html).toContain('width="80"');
  });

  test("a new base path or time zone renders everything again", async () => {
    const root = blogFolder(files);
    await load(root);
    change(root, {
      "content/site.yaml": "title: T\nurl: https://test.example/blog/\ntimeZone: Europe/Berlin\n",
    });
    const { render, rendered } = counting();
    await load(root, { render });
    expect(rendered).toEqual(["content/posts/a.mdx", "content/posts/b/index.mdx", "content/pages/about.mdx"]);
  });

  test("a new engine version renders everything again", async () => {
    const root = blogFolder(files);
    await load(root);
    const { render, rendered } = counting();
    await load(root, { render, engineVersion: "next" });
    expect(rendered).toHaveLength(3);
  });

  test("a damaged index is discarded and reported, and the blog is right", async () => {
    const root = blogFolder(files);
    const first = await load(root);
    const damaged = cacheFiles(path.join(root, ".cache/content"));
    for (const file of damaged) {
      const bytes = readFileSync(file);
      bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
      writeFileSync(file, bytes);
    }
    const thrownAway: string[] = [];
    const { blog } = await load(root, { onDamage: (file) => thrownAway.push(file) });
    expect(blog).toEqual(first.blog);
    expect(thrownAway.sort()).toEqual(damaged.sort());
  });

  test("a rendered text that is missing from the cache is rendered again", async () => {
    const root = blogFolder(files);
    await load(root);
    for (const file of cacheFiles(path.join(root, ".cache/bodies")))
      change(root, { [path.relative(root, file)]: null });
    const { blog, store } = await load(root);
    expect(blog.posts.map(({ body }) => readBody(store.bodies, body.key) !== null)).toEqual([true, true]);
  });

  test("an error is reported until it's fixed, and then only its file is rendered", async () => {
    const root = blogFolder(files);
    await load(root);
    change(root, { "content/posts/a.mdx": post("title: A\ntagz: [x]") });
    for (let time = 0; time < 2; time++) await expect(load(root)).rejects.toThrow(AuthorError);
    change(root, { "content/posts/a.mdx": post("title: A\ntags: [x]") });
    const { render, rendered } = counting();
    await load(root, { render });
    expect(rendered).toEqual(["content/posts/a.mdx"]);
  });

  test("removed posts and responses are gone", async () => {
    const root = blogFolder(files);
    await load(root);
    change(root, { "content/posts/a.mdx": null, "content/responses/a.json": null });
    const { blog } = await load(root);
    expect(blog.posts.map(({ slug }) => slug)).toEqual(["b"]);
    expect(blog.responses).toEqual({});
  });

  test("a server reuses its store between loads", async () => {
    const root = blogFolder(files);
    const store = openContentStore({ root, cacheDir: path.join(root, ".cache"), engineVersion: "test" });
    await load(root, { store });
    change(root, { "content/posts/a.mdx": post("title: A", "Other words.\n") });
    const { render, rendered } = counting();
    const { blog } = await load(root, { store, render });
    expect(rendered).toEqual(["content/posts/a.mdx"]);
    expect(blog.posts.find(({ slug }) => slug === "a")?.body.excerpt).toBe("Other words.");
  });
});

describe("many posts, read by several threads", () => {
  const many = Array.from({ length: 420 }, (_, place) => [
    `content/posts/p${place}.mdx`,
    post(
      `title: Post ${place}\ntags: [t${place % 7}]`,
      `## Part\n\nWords ${place} ![P](./p.svg) [next](#part)\n`,
    ),
  ]);
  const files = { ...Object.fromEntries(many), "content/posts/p.svg": SVG };
  const render: RenderBody = (source, pictures) => renderBody(source, pictures);

  test("result in the same blog as in a single thread", async () => {
    const root = blogFolder(files);
    const alone = await load(root, { render, cacheDir: path.join(root, ".alone") });
    const together = await load(root);
    expect(together.blog).toEqual(alone.blog);
    expect(together.related).toEqual(alone.related);
    const stored = (folder: string) =>
      cacheFiles(path.join(root, folder, "bodies")).map((file) => path.basename(file));
    expect(stored(".cache").sort()).toEqual(stored(".alone").sort());
  });

  test("report the same errors as in a single thread", async () => {
    const root = blogFolder({ ...files, "content/posts/p7.mdx": post("titel: x", "<Figur />\n") });
    const messageOf = (options: { render?: RenderBody }) =>
      load(root, options).catch((error: unknown) => String(error));
    const together = await messageOf({});
    expect(together).toBe(await messageOf({ render }));
    expect(together).toContain("There is no component <Figur>");
  });
});

function cacheFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
