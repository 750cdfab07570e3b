import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseOpml } from "feedsmith";
import { afterAll, expect, test } from "vitest";
import { makeBlog, makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import { blogrollFiles, findBlogroll } from "./blogroll.ts";
import { headersFile } from "./headers.ts";
import { llmsFiles } from "./llms-txt.ts";
import type { FileSpec } from "./outputs.ts";
import { robotsFile } from "./robots.ts";
import { securityFiles } from "./security-txt.ts";
import { siteUrls } from "./urls.ts";

const urls = siteUrls({ url: "https://fence.example/blog/" });
const textOf = async ([file]: readonly FileSpec[]): Promise<string> => String((await file?.make()) ?? "none");

test("by default, there is no statement about AI, and no optional file", async () => {
  const blog = makeBlog();
  expect(await textOf([robotsFile(urls)])).toBe(
    "User-agent: *\nAllow: /\n\nSitemap: https://fence.example/blog/sitemap.xml\n",
  );
  expect(await textOf([headersFile({ settings: blog.settings, urls, csp: "" })])).not.toContain("Signal");
  expect(llmsFiles(blog, urls)).toEqual([]);
  expect(securityFiles(blog.settings, urls)).toEqual([]);
  expect(blogrollFiles(null, blog.settings, urls)).toEqual([]);
});

test("`no-training` disallows training crawlers only, and is stated in robots.txt and in a header", async () => {
  const robots = await textOf([robotsFile(urls, "no-training")]);
  expect(robots).toContain(
    "User-agent: *\nContent-Signal: search=yes, ai-input=yes, ai-train=no\nAllow: /\n",
  );
  expect(groupOf(robots, "GPTBot")).toContain("Disallow: /");
  expect(robots).not.toContain("OAI-SearchBot");
  const settings = makeSettings({ ai: "no-training" });
  expect(await textOf([headersFile({ settings, urls, csp: "" })])).toContain(
    "  Content-Signal: search=yes, ai-input=yes, ai-train=no\n",
  );
});

test("`disallow` also disallows answer crawlers, but no search engine", async () => {
  const robots = await textOf([robotsFile(urls, "disallow")]);
  for (const name of ["GPTBot", "ClaudeBot", "PerplexityBot", "ChatGPT-User"])
    expect(groupOf(robots, name)).toContain("Disallow: /");
  expect(groupOf(robots, "*")).toContain("ai-input=no, ai-train=no\nAllow: /");
  expect(robots).not.toMatch(/Googlebot|Bingbot/);
  const allowed = await textOf([robotsFile(urls, "allow")]);
  expect(allowed).toContain("ai-train=yes");
  expect(allowed).not.toContain("Disallow");
});

/** The group of robots.txt that applies to a crawler (RFC 9309, section 2.2.1). */
function groupOf(robots: string, name: string): string | undefined {
  return robots.split("\n\n").find((group) => group.split("\n").includes(`User-agent: ${name}`));
}

test("security.txt is at the path of RFC 9116, with all fields", async () => {
  const security = {
    contact: ["mailto:me@me.example", "https://me.example/report"],
    expires: "2027-06-30",
    policy: "https://me.example/policy",
    languages: ["en", "de"],
  };
  const [file] = securityFiles({ security }, urls);
  expect(file?.path).toBe("/.well-known/security.txt");
  expect(String(await file?.make())).toBe(
    "Contact: mailto:me@me.example\nContact: https://me.example/report\nExpires: 2027-06-30T23:59:59Z\n" +
      "Preferred-Languages: en, de\nCanonical: https://fence.example/blog/.well-known/security.txt\nPolicy: https://me.example/policy\n",
  );
});

test("llms.txt lists published posts on one line each with escaped titles, and no sensitive ones", async () => {
  const posts = [
    makePost({ title: "A [b](c)\nd", description: "Two\nlines" }),
    makePost({ slug: "note", title: "", description: "" }),
    makePost({ slug: "secret", isSensitive: true }),
    makePost({ slug: "draft", visibility: "draft" }),
  ];
  const settings = makeSettings({ llmsTxt: true });
  expect(await textOf(llmsFiles(makeBlog({ settings, posts }), urls))).toBe(
    "# Over the fence\n\n> Talk between neighbours\n\n## Posts\n\n" +
      "- [A \\[b\\](c) d](https://fence.example/blog/posts/hello/): Two lines\n" +
      "- [Hello there, neighbour.](https://fence.example/blog/posts/note/): Hello there, neighbour.\n",
  );
  const withCopies = makeBlog({ settings: { ...settings, markdownCopies: true }, posts });
  expect(await textOf(llmsFiles(withCopies, urls))).toContain("/posts/hello/index.md)");
});

const folder = mkdtempSync(path.join(tmpdir(), "blogroll-"));
afterAll(() => rmSync(folder, { recursive: true }));

function blogrollOf(yaml: string) {
  writeFileSync(path.join(folder, "blogroll.yaml"), yaml);
  return findBlogroll({ contentDir: folder, root: folder });
}

test("feed readers can import the blogroll, with its groups", async () => {
  const { blogroll, issues } = blogrollOf(
    `title: What I read
blogs:
  - { title: 'A & "B" <c>', url: https://a.example/?x=1&y=2, feed: https://a.example/rss, group: Trees }
  - { title: No feed, url: https://b.example/ }
  - { title: C, url: https://c.example/, feed: https://c.example/rss, group: Trees, description: About C }
`,
  );
  expect(issues).toEqual([]);
  const opml = parseOpml(await textOf(blogrollFiles(blogroll, makeSettings(), urls)));
  expect(opml.head).toMatchObject({ title: "What I read", ownerId: "https://fence.example/blog/" });
  const [trees, link] = opml.body?.outlines ?? [];
  expect(trees?.text).toBe("Trees");
  expect(trees?.outlines).toMatchObject([
    {
      type: "rss",
      text: 'A & "B" <c>',
      xmlUrl: "https://a.example/rss",
      htmlUrl: "https://a.example/?x=1&y=2",
    },
    { type: "rss", text: "C", description: "About C" },
  ]);
  expect(link).toMatchObject({ type: "link", text: "No feed", url: "https://b.example/" });
});

test("an error in the blogroll has its line; an empty or missing blogroll creates no file", () => {
  const { blogroll, issues } = blogrollOf("blogs:\n  - { title: A, url: a.example, rss: x }\n");
  expect(blogroll).toBeNull();
  expect(issues.map(({ file, line, message }) => ({ file, line, message }))).toMatchInlineSnapshot(`
    [
      {
        "file": "blogroll.yaml",
        "line": 2,
        "message": "\`blogs.url\` should be an absolute address that begins with https:// or http://, but is "a.example"",
      },
      {
        "file": "blogroll.yaml",
        "line": 2,
        "message": "\`rss\` isn't a key of \`blogs\`",
      },
    ]
  `);
  expect(blogrollFiles(blogrollOf("").blogroll, makeSettings(), urls)).toEqual([]);
  expect(findBlogroll({ contentDir: path.join(folder, "none"), root: folder })).toEqual({
    blogroll: null,
    issues: [],
  });
});
