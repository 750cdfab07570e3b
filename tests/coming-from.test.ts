/** Runs the commands of the docs page on migrating from another generator as written. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { command as check } from "../src/cli/check.ts";
import { command as importCommand } from "../src/cli/import.ts";
import type { LoadedBlog } from "../src/lib/content/load-blog.ts";
import { readBody } from "../src/lib/markdown/body-file.ts";
import { DRAWING } from "./fixtures/drawing.ts";
import { load } from "./support/blog-folder.ts";
import { root } from "./support/build.ts";
import { runCommand } from "./support/run-command.ts";
import { tempFolder } from "./support/temp-folder.ts";

const guide = readFileSync(path.join(root, "docs/coming-from.md"), "utf8");

/** Returns the arguments of each line with a command on the page. */
function linesOf(name: string): readonly (readonly string[])[] {
  const lines = guide.matchAll(new RegExp(`^npx backfence ${name}(.*)$`, "gm"));
  return [...lines].map(([, rest = ""]) => rest.trim().split(/\s+/).filter(Boolean));
}

type Files = Readonly<Record<string, string>>;

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** Runs the page's commands next to a folder `old-blog` with these files. @returns the loaded blog. */
async function imported(files: Files): Promise<LoadedBlog> {
  const home = tempFolder("coming-from");
  write(path.join(home, "old-blog"), files);
  const blog = path.join(home, "my-blog");
  write(blog, { "content/site.yaml": "title: New\nurl: https://new.example/\ntimeZone: Europe/Berlin\n" });
  expect(linesOf("import")).toHaveLength(2);
  for (const args of linesOf("import")) expect((await runCommand(importCommand, blog, ...args)).code).toBe(0);
  return await load(blog, { now: new Date("2026-11-30T00:00:00Z") });
}

function htmlOf({ blog, store }: LoadedBlog, slug: string): string {
  const post = blog.posts.find((one) => one.slug === slug);
  return readBody(store.bodies, post?.body.key ?? "")?.html ?? "";
}

test("Hugo", async () => {
  const loaded = await imported({
    "hugo.toml": 'baseURL = "https://old.example/"\ntitle = "Old"\n',
    "content/posts/gate.md":
      '+++\ntitle = "The gate"\ndate = 2024-03-05T10:00:00+01:00\ntags = ["wood"]\n+++\nText.\n\n{{< youtube dQw4w9WgXcQ >}}\n\n{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n',
    "content/posts/fence/index.md":
      '---\ntitle: The fence\ndate: 2024-03-06\n---\n{{< figure src="fence.svg" alt="A fence" caption="Ours" >}}\n',
    "content/posts/fence/fence.svg": DRAWING,
    "content/about.md": "---\ntitle: About\n---\nMe.\n",
  });
  expect(loaded.blog.pages.map(({ slug }) => slug)).toEqual(["about"]);
  expect(loaded.blog.posts.find(({ slug }) => slug === "gate")?.tags).toEqual(["wood"]);
  expect(htmlOf(loaded, "gate")).toContain('href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"');
  expect(htmlOf(loaded, "gate")).toContain('class="language-go hljs"');
  expect(htmlOf(loaded, "fence")).toMatch(/<img[^>]+alt="A fence".*<figcaption>Ours/s);
});

test("Jekyll", async () => {
  const loaded = await imported({
    "_config.yml": "title: Old\nurl: https://old.example\ntimezone: Europe/Berlin\n",
    "_posts/2024-03-05-gate.md":
      "---\nlayout: post\ntitle: The gate\ncategories: wood\n---\n{% highlight js %}\nlet a;\n{% endhighlight %}\n\n[The fence]({% post_url 2024-03-06-fence %}) ![A fence]({{ site.baseurl }}/assets/fence.svg)\n",
    "_posts/2024-03-06-fence.markdown": "---\nlayout: post\ntitle: The fence\n---\nText.\n",
    "_drafts/idea.md": "---\ntitle: An idea\n---\nText.\n",
    "assets/fence.svg": DRAWING,
    "about.md": "---\nlayout: page\ntitle: About\n---\nMe.\n",
  });
  expect(loaded.blog.posts.find(({ slug }) => slug === "gate")).toMatchObject({
    ...{ date: "2024-03-04T23:00:00.000Z", tags: ["wood"] },
    aliases: expect.arrayContaining(["/wood/2024/03/05/gate.html"]),
  });
  expect(htmlOf(loaded, "gate")).toMatch(/language-js hljs.*href="\/posts\/fence\/".*<img/s);
  expect(loaded.blog.heldBack.drafts.map(({ title }) => title)).toEqual(["An idea"]);
  expect(loaded.blog.pages.map(({ slug }) => slug)).toEqual(["about"]);
});

test("Hexo", async () => {
  const loaded = await imported({
    "_config.yml": "title: Old\nurl: https://old.example\n",
    "source/_posts/gate.md":
      "title: The gate\ndate: 2024-03-05 10:00:00\ntags:\n- wood\n---\nFirst.\n<!-- more -->\n\n{% asset_img fence.svg A fence %}\n\n{% codeblock %}\nlet a;\n{% endcodeblock %}\n",
    "source/_posts/gate/fence.svg": DRAWING,
  });
  expect(loaded.blog.posts[0]).toMatchObject({ tags: ["wood"], aliases: ["/2024/03/05/gate/"] });
  expect(htmlOf(loaded, "gate")).toMatch(/<img[^>]+alt="A fence".*<code>let a;/s);
});

test("Eleventy", async () => {
  const loaded = await imported({
    "eleventy.config.js": "export default () => {};\n",
    "posts/gate.md": "---\ntitle: The gate\ndate: 2024-03-05\ntags: [wood]\nlayout: post.njk\n---\nText.\n",
  });
  expect(loaded.blog.posts[0]).toMatchObject({ slug: "gate", tags: ["wood"] });
});

test("Astro", async () => {
  const loaded = await imported({
    "astro.config.mjs": "export default {};\n",
    "src/content/blog/gate.md":
      "---\ntitle: The gate\npubDate: 'Jul 08 2022'\nheroImage: './fence.svg'\n---\n:::tip[Mind]\nText.\n:::\n",
    "src/content/blog/fence.svg": DRAWING,
  });
  const [gate] = loaded.blog.posts;
  expect(gate?.aliases).toContain("/blog/gate/");
  expect(gate?.cover?.file).toMatch(/fence\.svg$/);
  expect(htmlOf(loaded, "gate")).toContain("note-box-tip");
});

test("Obsidian, with front matter rewritten in place", async () => {
  const blog = tempFolder("coming-from");
  const notes = "content/posts/vault";
  write(blog, {
    "content/site.yaml": "title: New\nurl: https://new.example/\ntimeZone: Europe/Berlin\n",
    [`${notes}/Gate.md`]:
      "---\ntitle: Gate\ncreated: 2024-03-05\ntags: '#wood'\ncssclasses: wide\n---\nSee [[Fence|the fence]] and ![[fence.svg|30]].\n\n> [!tip] Mind\n> ==this==\n\n%%not for you%%\n",
    [`${notes}/Fence.md`]: "---\ntitle: Fence\ncreated: 2024-03-06\n---\nText.\n",
    [`${notes}/fence.svg`]: DRAWING,
  });
  const fixes = linesOf("check").filter((args) => args.includes("--fix"));
  expect(fixes).toHaveLength(2);
  const before = readFileSync(path.join(blog, notes, "Gate.md"), "utf8");
  for (const args of fixes) {
    const { code, out } = await runCommand(check, blog, ...args);
    expect(code, out).toBe(0);
    if (args.includes("--dry-run"))
      expect(readFileSync(path.join(blog, notes, "Gate.md"), "utf8")).toBe(before);
  }
  expect(readFileSync(path.join(blog, notes, "Gate.md"), "utf8")).toContain("date: 2024-03-05");
  const loaded = await load(blog, { now: new Date("2026-11-30T00:00:00Z") });
  const gate = htmlOf(loaded, "Gate");
  expect(gate).toMatch(/>the fence<\/a>.*<img[^>]+width="30".*note-box-tip.*<mark>this<\/mark>/s);
  expect(gate).not.toContain("not for you");
});
