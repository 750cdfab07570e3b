import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { hashOf } from "../../src/lib/cache/file-cache.ts";
import { listFiles } from "../../src/integration/list-files.ts";
import { build, copySite, demoSite, root, tryBuild, type BuiltSite } from "../support/build.ts";
import { buildNew } from "../support/shared-builds.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";

const demo = inject("demo");

/** Returns the hash of every file of a built site. */
function fingerprint(site: BuiltSite): Record<string, string> {
  const files = listFiles(site.outDir).sort();
  return Object.fromEntries(files.map((file) => [file, hashOf(readFileSync(path.join(site.outDir, file)))]));
}

function emptySite(files: Readonly<Record<string, string>>): BuiltSite {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  mkdirSync(contentDir);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(contentDir, file)), { recursive: true });
    writeFileSync(path.join(contentDir, file), text);
  }
  return { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
}

const SETTINGS = "title: A small blog\nurl: https://small.example/\ntimeZone: Europe/Berlin\n";
const PLAIN = `${SETTINGS}socialPictures: false\n`;
const AUTHOR = { "authors/ada.yaml": "name: Ada\n" };

function post(title: string, date: string, more = "", body = "Some text."): string {
  return `---\ntitle: ${title}\ndescription: About ${title}\ndate: ${date}\nauthors: [ada]\n${more}---\n\n${body}\n`;
}

describe("the same input gives the same bytes", () => {
  test("without a network, in another time zone and language", async () => {
    const site = demoSite({ folder: tempSiteFolder() });
    // Encoding photos takes the most time and doesn't depend on any of this.
    const pictures = "cache/backfence/pictures";
    cpSync(path.join(demo.folder, pictures), path.join(site.folder, pictures), { recursive: true });
    const guard = pathToFileURL(path.join(root, "tests/fixtures/no-network.mjs")).href;
    const said = await build(site, [], {
      NODE_OPTIONS: `--import ${guard}`,
      ...{ TZ: "Pacific/Kiritimati", LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" },
    });
    expect(said).not.toContain("NO NETWORK");
    expect(fingerprint(site)).toEqual(fingerprint(demo));
  }, 300_000);

  test("when built again without changes; then no file is written, whatever starts the build", async () => {
    const site = copySite(demo, tempSiteFolder());
    await build(site, [], { _: "/usr/bin/npm" });
    const said = await build(site, [], { _: "/usr/local/bin/npx" });
    expect(said).toMatch(/Built 0 files \(unchanged: \d+, removed: 0\)\./);
    // Astro renders only the user's own pages.
    const asked = said.match(/(?<=├─ )\S+/g) ?? [];
    expect(asked).toContain("/rss.xml");
    expect(asked.filter((page) => /^\/(?:posts|tags|people)\//.test(page))).toEqual([]);
    expect(fingerprint(site)).toEqual(fingerprint(demo));
  }, 300_000);
});

describe("unpublished and removed content", () => {
  const secrets = { draft: "zebrafinch", future: "quokkadrum", private: "axolotlbell" };
  let site: BuiltSite;
  let said = "";
  beforeAll(async () => {
    site = emptySite({
      "site.yaml": SETTINGS,
      ...AUTHOR,
      "posts/open.mdx": post("Open", "2024-01-01"),
      [`posts/${secrets.draft}.mdx`]: post(
        secrets.draft,
        "2024-01-02",
        `draft: true\ntags: [${secrets.draft}]\n`,
        secrets.draft,
      ),
      [`posts/${secrets.future}.mdx`]: post(
        secrets.future,
        "2999-01-02",
        `tags: [${secrets.future}]\n`,
        secrets.future,
      ),
      "posts/gone.mdx": post(
        "Gone with it",
        "2024-01-02",
        "deleted: 2024-05-01\naliases: [/old/gone.html]\n",
      ),
      "responses/open.json": privateRecord(secrets.private),
    });
    said = await buildNew(site);
  });

  test("drafts, scheduled posts and private responses leave no trace in the output", () => {
    expect(said).toContain("Not published: 1 draft.");
    expect(said).toContain(
      "Scheduled for 2999-01-02T00:00:00+01:00: quokkadrum (content/posts/quokkadrum.mdx)",
    );
    expect(listFiles(site.outDir)).toContain("social/posts/open.png");
    for (const file of listFiles(site.outDir)) {
      const bytes = readFileSync(path.join(site.outDir, file)).toString("latin1");
      for (const secret of Object.values(secrets)) {
        expect(file.includes(secret) || bytes.includes(secret), `${secret} in ${file}`).toBe(false);
      }
    }
  });

  test("a removed post leaves a page that says so, also to hosts and notifiers, and appears nowhere else", () => {
    const read = (file: string) => readFileSync(path.join(site.outDir, file), "utf8");
    expect(read("posts/gone/index.html")).toMatch(/<meta http-equiv="status" content="410 Gone">/i);
    expect(read("posts/gone/index.html")).toContain('name="robots" content="noindex');
    expect(read("_redirects")).toMatch(/^\/posts\/gone\/ .* 410!?$/m);
    for (const file of ["index.html", "posts/index.html", "rss.xml", "atom.xml", "feed.json", "sitemap.xml"])
      expect(read(file), file).not.toMatch(/posts\/gone|Gone with it/);
  });

  test("a scheduled post is published once its time has come", async () => {
    await build(site, [], { TEST_NOW: "2999-01-03T00:00:00Z" });
    expect(listFiles(site.outDir)).toContain(`posts/${secrets.future}/index.html`);
  });
});

describe("a blog of any size", () => {
  test("builds with no posts and no settings at all", async () => {
    const site = emptySite({});
    const said = await buildNew(site);
    expect(said).toContain("There is no content/site.yaml");
    expect(said).toContain('There are no posts yet: npx backfence new "A title" makes one.');
    expect(listFiles(site.outDir)).toContain("index.html");
  });

  test("builds with more posts than one thread renders, in many writing systems", async () => {
    const words = ["fence", "Zaun", "栅栏", "سياج", "柵", "забор", "גדר"];
    const posts = Array.from({ length: 150 }, (_, index) => {
      const word = words[index % words.length] ?? "";
      const date = new Date(Date.UTC(2010, 0, 1 + index * 9)).toISOString();
      return [`posts/${word}-${index}.mdx`, post(`${word} ${index}`, date, `tags: [${word}]\n`)] as const;
    });
    const site = emptySite({ "site.yaml": PLAIN, ...AUTHOR, ...Object.fromEntries(posts) });
    await buildNew(site);
    const files = listFiles(site.outDir);
    expect(files.filter((file) => /^posts\/[^/]+\/index\.html$/.test(file))).toHaveLength(150);
    expect(files).toContain("tags/栅栏/index.html");
    expect(files).toContain("tags/سياج/rss.xml");
  });
});

describe.each([
  ["a blog with one post", false],
  ["a blog with one post that uses its collections", true],
])("%s", (_, hasCollections) => {
  const site = emptySite({ "site.yaml": PLAIN, ...AUTHOR, "posts/a.mdx": post("A", "2024-01-01") });
  if (hasCollections) {
    const module = path.join(import.meta.dirname, "../../src/collections.ts");
    mkdirSync(path.join(site.folder, "src"));
    writeFileSync(
      path.join(site.folder, "src/content.config.ts"),
      `import { backfenceCollections } from ${JSON.stringify(module)};\nexport const collections = backfenceCollections();\n`,
    );
  }
  beforeAll(() => buildNew(site));

  test("builds, and doesn't mention unused services", () => {
    expect(listFiles(site.outDir)).toContain("posts/a/index.html");
    for (const file of listFiles(site.outDir).filter((name) => /\.(?:html|xml|json)$|^_headers$/.test(name)))
      expect(readFileSync(path.join(site.outDir, file), "utf8"), file).not.toMatch(/giscus/i);
  });

  test("fails on an error with its file and line, and the published folder is unchanged", async () => {
    const before = fingerprint(site);
    writeFileSync(path.join(site.contentDir, "posts/b.mdx"), post("B", "yesterday", "tgas: [x]\n"));
    const { status, output } = await tryBuild(site);
    expect(status).toBe(1);
    expect(output).toContain("posts/b.mdx:4");
    expect(output).toContain("posts/b.mdx:6");
    expect(output).toContain("2 errors to fix.");
    expect(output).not.toMatch(/^ +at |Stack trace/m);
    expect(fingerprint(site)).toEqual(before);
  });
});

function privateRecord(word: string): string {
  return JSON.stringify({
    type: "feed",
    children: [
      {
        type: "entry",
        author: { type: "card", name: word, url: "https://someone.example/" },
        url: "https://someone.example/1",
        published: "2024-01-03T00:00:00Z",
        content: { text: word },
        "wm-id": 1,
        "wm-source": "https://someone.example/1",
        "wm-target": "https://small.example/posts/open/",
        "wm-protocol": "webmention",
        "wm-property": "in-reply-to",
        "wm-received": "2024-01-03T00:00:00Z",
        "wm-private": true,
        status: "approved",
      },
    ],
  });
}
