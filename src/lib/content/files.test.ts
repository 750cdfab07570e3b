/** Every file below `content/` is used or reported, unless its name begins with `_` or `.`. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { blogFolder, load, post, SVG } from "../../../tests/support/blog-folder.ts";
import { outcomeIn, outcomeOf } from "../../../tests/support/load-outcome.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";

async function slugsOf(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const { loaded, errors } = await outcomeOf(files);
  expect(errors).toEqual([]);
  return Object.fromEntries((loaded?.blog.posts ?? []).map(({ slug, path: address }) => [slug, address]));
}

describe("texts are published from folders of any depth", () => {
  test("under the last meaningful name in their path", async () => {
    expect(
      await slugsOf({
        "content/posts/2024/trip/index.md": post(),
        "content/posts/2014/06/deep.mdx": post(),
        "content/posts/series-a/part-1/index.mdx": post(),
        "content/posts/2024-05-06-dated.md": post(),
        "content/posts/2024-05-07-folder/index.markdown": post(),
        "content/posts/My Note, with words.md": post(),
        "content/posts/_drafts/x.md": "no front matter",
        "content/posts/.obsidian/x.md": "no front matter",
      }),
    ).toEqual({
      trip: "/posts/trip/",
      deep: "/posts/deep/",
      "part-1": "/posts/part-1/",
      dated: "/posts/dated/",
      folder: "/posts/folder/",
      "my-note-with-words": "/posts/my-note-with-words/",
    });
  });

  test("page names include their folders", async () => {
    const { loaded, errors } = await outcomeOf({
      "content/pages/docs/index.md": "---\ntitle: Docs\n---\n",
      "content/pages/docs/first/steps.md": "---\ntitle: Steps\nlayout: page\ndate: 2026-01-02\n---\n",
    });
    expect(errors).toEqual([]);
    expect(loaded?.blog.pages.map(({ slug }) => slug)).toEqual(["docs/first/steps", "docs"]);
    expect(loaded?.notes).toContain(
      "Keys without a meaning here were ignored: `date` (1 file), `layout` (1 file).",
    );
  });

  test("two posts with the same name are an error that suggests a slug", async () => {
    const files = { "content/posts/a/x.md": post(), "content/posts/b/x.md": post() };
    const { errors, hints } = await outcomeOf(files);
    expect(errors).toEqual(["content/posts/b/x.md: Two posts have one address: `x`"]);
    expect(hints[0]).toContain("slug: x-2");
    expect(await slugsOf({ ...files, "content/posts/b/x.md": post("slug: x-2") })).toEqual({
      x: "/posts/x/",
      "x-2": "/posts/x-2/",
    });
  });
});

test("what looks like a text and isn't published is named, with the place that works", async () => {
  const { errors, hints } = await outcomeOf({
    "content/posts/i.MDX": post(),
    "content/posts/j.mdx.txt": post(),
    "content/posts/k.mkd": post(),
    "content/posts/g/index.mdx": post(),
    "content/posts/g/second.mdx": post(),
    "content/posts/index.mdx": post(),
    "content/drafts/l.mdx": post(),
    "content/loose.mdx": post(),
    "content/site.yml": "title: T\n",
    "content/authors/ann.yml": "name: Ann\n",
  });
  expect(errors.map((error, at) => `${error}\n${hints[at] ?? ""}`)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^content\/posts\/i\.MDX: [^]*Name it content\/posts\/i\.mdx/),
      expect.stringMatching(/^content\/posts\/j\.mdx\.txt: [^]*Name it content\/posts\/j\.mdx/),
      expect.stringMatching(/^content\/posts\/k\.mkd: [^]*Name it content\/posts\/k\.md/),
      expect.stringMatching(/^content\/posts\/g\/second\.mdx: [^]*Move it to content\/posts\/second\.mdx/),
      expect.stringMatching(/^content\/posts\/index\.mdx: A file named index has no address/),
      expect.stringMatching(/^content\/drafts\/l\.mdx: [^]*content\/posts\/l\.mdx[^]*draft: true/),
      expect.stringMatching(/^content\/loose\.mdx: [^]*content\/posts\/loose\.mdx/),
      expect.stringMatching(/^content\/site\.yml: [^]*Name it content\/site\.yaml/),
      expect.stringMatching(/^content\/authors\/ann\.yml: [^]*content\/authors\/ann\.yaml/),
    ]),
  );
  expect(errors).toHaveLength(9);
});

test("a circular symlink is reported once, and conflict copies of sync programs aren't published", async () => {
  const root = blogFolder({ "content/posts/a/one.md": post() });
  symlinkSync("..", path.join(root, "content/posts/a/back"));
  symlinkSync(".", path.join(root, "content/posts/here"));
  const circles = await load(root).catch(String);
  expect(circles).toContain("content/posts/a/back\n  This link leads back to a folder that it is in");
  expect(circles).toContain("content/posts/here\n  This link leads back");
  expect(circles).toContain("2 errors to fix");
  const copies = [
    "one (Ann's conflicted copy 2026-01-02).md",
    "one (conflicted copy 2026-01-02 101112).md",
    "one.sync-conflict-20260102-101112-ABCDEFG.md",
    "one_conflict-20260102-101112.md",
    "one.Conflict.md",
  ].map((name) => `content/posts/${name}`);
  const { errors, hints } = await outcomeOf(Object.fromEntries(copies.map((file) => [file, post()])));
  expect(errors.map((error) => error.split(": ")[0])).toEqual(expect.arrayContaining(copies));
  expect(hints).toEqual(copies.map(() => expect.stringContaining("Compare it with content/posts/one.md,")));
  const { errors: none } = await outcomeOf({ "content/posts/a-conflict-at-work.md": post(), "content/posts/conflict.md": post() });
  expect(none).toEqual([]);
});

test("a file in another format that may be meant as a post gets a note, unless a text links to it", async () => {
  const isNoted = (file: string) => `${file} isn't published: a post's file ends in .md or .mdx.`;
  const names = ["a.txt", "b.html", "c.docx", "d.odt", "e"].map((name) => `content/posts/${name}`);
  const { loaded } = await outcomeOf(Object.fromEntries(names.map((name) => [name, "Words"])));
  expect(loaded?.notes).toEqual(expect.arrayContaining(names.map(isNoted)));
  const linked = await outcomeOf({
    "content/posts/post.md": post("", "[a](./a.txt) and [c](./c.docx)\n"),
    "content/posts/a.txt": "Words",
    "content/posts/c.docx": "Words",
  });
  expect(linked.errors).toEqual([]);
  expect(linked.loaded?.notes).toEqual([]);
});

test("every kind of file next to a text is published if the text links to it, except HTML pages and hidden files", async () => {
  const names = ["run.py", "Makefile", "data.r", "app.js", "notes.log", "a.tex"];
  const { loaded, errors } = await outcomeOf({
    "content/posts/p/index.md": post("", names.map((name) => `[${name}](./${name})`).join(" ")),
    ...Object.fromEntries(names.map((name) => [`content/posts/p/${name}`, "x"])),
  });
  expect(errors).toEqual([]);
  expect([...(loaded?.blog.posts[0]?.body.pictures ?? [])].sort()).toEqual(
    names.map((name) => `content/posts/p/${name}`).sort(),
  );
  const page = {
    "content/posts/p/index.md": post("", "[the page](./page.html) [x](./.env)\n"),
    "content/posts/p/page.html": "<p>x</p>",
    "content/posts/p/.env": "KEY=x",
  };
  const refused = await outcomeOf(page);
  expect(refused.errors).toEqual([
    expect.stringContaining("./page.html is an HTML page"),
    expect.stringContaining('The link "./.env" doesn\'t work'),
  ]);
  const form = refused.hints[0]?.split("\n").at(-1) ?? "";
  const moved = { "content/posts/p/index.md": post("", `${form}\n`), "public/page.html": "<p>x</p>" };
  expect((await outcomeOf(moved)).errors).toEqual([]);
});

test("no symlink or path out of the project publishes a text, a picture or a file", async () => {
  const outside = tempFolder("outside");
  for (const [name, text] of Object.entries({ "s.svg": SVG, "s.txt": "x", "s.md": post(), "dir/t.md": post() })) {
    mkdirSync(path.dirname(path.join(outside, name)), { recursive: true });
    writeFileSync(path.join(outside, name), text);
  }
  const root = blogFolder({
    "content/posts/p/index.md": post("", "[x](./l.txt) ![y](./l.svg) [z](../../../../outside.txt)\n"),
    "content/posts/real.md": post(),
  });
  writeFileSync(path.join(root, "../outside.txt"), "x");
  const links = { "posts/p/l.txt": "s.txt", "posts/p/l.svg": "s.svg", "posts/l.md": "s.md", "posts/sub": "dir", notes: "dir" };
  for (const [name, target] of Object.entries(links))
    symlinkSync(path.join(outside, target), path.join(root, "content", name));
  symlinkSync("real.md", path.join(root, "content/posts/inside.md"));
  const { errors } = await outcomeIn(root);
  rmSync(path.join(root, "../outside.txt"));
  const named = errors.filter((error) => error.includes("outside the project"));
  for (const name of Object.keys(links)) expect(named.join("\n")).toContain(`content/${name} is a link`);
  expect(named.join("\n")).toContain("content/posts/p/index.md:5 ../outside.txt is");
  expect(errors.join("\n")).not.toContain("inside.md");
});

describe("encodings", () => {
  async function withBytes(bytes: Buffer, name = "posts/a.mdx") {
    const root = blogFolder();
    const file = path.join(root, "content", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return outcomeIn(root);
  }
  const text = "---\r\ntitle: Café – naïve\r\ndate: 2026-03-01\r\n---\r\n\r\nEncodé.\r\n";

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 as Notepad saves it", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")])],
    ["UTF-16, the other way round", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()])],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
  ])("%s is read", async (_, bytes) => {
    const { loaded, errors } = await withBytes(bytes);
    expect(errors).toEqual([]);
    expect(loaded?.blog.posts[0]?.title).toBe("Café – naïve");
  });

  test.each([
    ["Latin-1", Buffer.from("---\ntitle: Caf\xe9\ndate: 2026-03-01\n---\n", "latin1"), "Latin-1 (ISO 8859-1): title: Café"],
    ["Windows-1252", Buffer.from("---\ntitle: \x93Caf\xe9\x94\n---\n", "latin1"), "Windows-1252: title: “Café”"],
    ["Windows-1251", Buffer.from([0x0a, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), "Windows-1251: Привет"],
    ["Shift_JIS", Buffer.from([0x0a, 0x82, 0xb1, 0x82, 0xf1, 0x82, 0xc9, 0x82, 0xbf, 0x82, 0xcd]), "Shift_JIS: こんにちは"],
    ["EUC-JP", Buffer.from([0x0a, 0xa4, 0xb3, 0xa4, 0xf3, 0xa4, 0xcb, 0xa4, 0xc1, 0xa4, 0xcf]), "EUC-JP: こんにちは"],
    ["EUC-KR", Buffer.from([0x0a, 0xbe, 0xc8, 0xb3, 0xe7, 0xc7, 0xcf, 0xbc, 0xbc, 0xbf, 0xe4]), "EUC-KR: 안녕하세요"],
  ])("%s is named, with the first line that shows it", async (_, bytes, said) => {
    const { errors, hints } = await withBytes(bytes);
    expect(errors).toEqual([`content/posts/a.mdx:2 This file isn't UTF-8, but probably ${said}`]);
    expect(hints[0]).toContain("iconv -f");
  });

  test("every other kind of file has the same check", async () => {
    const latin = Buffer.from("title: Caf\xe9\nname: Caf\xe9\n", "latin1");
    for (const name of ["site.yaml", "authors/a.yaml", "series/a.yaml", "pages/a.md", "notes/a.md", "responses/a.json"]) {
      const { errors } = await withBytes(latin, name);
      expect(errors[0], name).toContain(`content/${name}:1 This file isn't UTF-8`);
    }
  });
});

test("a git conflict is the only error reported for its file", async () => {
  const conflict = "<<<<<<< HEAD\nOne {\n=======\nTwo <\n>>>>>>> theirs\n";
  const inFence = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n```\n";
  const { errors } = await outcomeOf({
    "content/posts/body.mdx": post("", conflict),
    "content/posts/head.mdx": `---\n${conflict}---\n`,
    "content/posts/shown.mdx": post("", inFence),
    "content/posts/left.md": post("", "One\n>>>>>>> theirs\n"),
    "content/posts/quoted.md": post("", ">>>>>>> What he wrote, and she, and he.\n"),
    "content/authors/nell.yaml": `name: Nell\n${conflict}`,
    "content/embeds.json": `[\n${conflict}]\n`,
    "content/site.yaml": `title: T\n${conflict}`,
  });
  expect(errors.toSorted()).toEqual([
    "content/authors/nell.yaml:2 A git merge left its conflict markers here (lines 2, 4 and 6)",
    "content/embeds.json:2 A git merge left its conflict markers here (lines 2, 4 and 6)",
    "content/posts/body.mdx:5 A git merge left its conflict markers here (lines 5, 7 and 9)",
    "content/posts/head.mdx:2 A git merge left its conflict markers here (lines 2, 4 and 6)",
    "content/posts/left.md:6 A conflict marker of a git merge is left here: >>>>>>> theirs",
    "content/site.yaml:2 A git merge left its conflict markers here (lines 2, 4 and 6)",
  ]);
});

test("YAML that expands without limit, contains itself or is malformed is an error without a stack trace", async () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let at = 0; at < 8; at++) {
    const [name, inner] = [String.fromCharCode(98 + at), String.fromCharCode(97 + at)];
    bomb.push(`${name}: &${name} [${`*${inner}, `.repeat(9)}x]`);
  }
  const heads = [bomb.join("\n"), "extra: &a { b: *a }", "title: *none", "<<: 5", `extra: ${"[".repeat(9000)}`, "? [a]\n: x", "&a"];
  for (const head of heads) {
    const { errors } = await outcomeOf({ "content/posts/a.mdx": `---\n${head}\n---\nText\n`, "content/site.yaml": head });
    expect(errors.length, head.slice(0, 40)).toBeGreaterThan(0);
  }
});
