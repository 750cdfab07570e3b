import { expect, test } from "vitest";
import { mistakesIn, post } from "../../../../tests/support/blog-folder.ts";
import { readSettings } from "../../site/load-settings.ts";

const files = (settings: string) => ({
  "content/posts/hello.mdx": post(),
  "content/site.yaml": `title: Test\ntimeZone: UTC\n${settings}`,
});

test("redirects to pages, files, other sites and feeds are fine, and so are former feeds", async () => {
  const settings =
    "redirects:\n  /old/: /posts/hello/\n  /2026/03/: /archive/2026/03/\n  /b.html: https://other.example/\n  /c: /rss.xml\n" +
    "oldFeeds: [/feed/, /feed/atom/, /index.xml, /atom.xml, { path: /x/feed/, feed: /rss.xml }]\n";
  expect(await mistakesIn(files(settings))).toBe("no mistakes");
});

test("an old address that is taken, or whose target doesn't exist, is an error with its line", async () => {
  const settings =
    "redirects:\n  /posts/hello/: /tags/\n  /old/: /posts/helo/\noldFeeds: [/posts/, { path: /x/, feed: /tags/trees/rss.xml }]\n";
  expect(await mistakesIn(files(settings))).toMatchInlineSnapshot(`
    "content/site.yaml:4
      /posts/hello/ in \`redirects\` is taken
        The address belongs to content/posts/hello.mdx. Remove this line.

    content/site.yaml:5
      /old/ redirects to /posts/helo/, which doesn't exist
        Did you mean /posts/hello/?

    content/site.yaml:6
      /posts/ in \`oldFeeds\` is taken
        The address belongs to the blog itself. Remove this line.

    content/site.yaml:6
      There is no feed /tags/trees/rss.xml
        Name a feed of the blog, such as /rss.xml.

    4 errors to fix."
  `);
});

test.each([
  ["a list of maps", "redirects:\n  - /old/: /posts/hello/\n"],
  ["a list of groups", "redirects:\n  - { source: /old/, destination: /posts/hello/, permanent: true }\n"],
  ["lines as in _redirects", "redirects: |\n  /old/ /posts/hello/ 301\n"],
  ["arrows", "redirects: [/old/ -> /posts/hello/]\n"],
  ["a group with a status", "redirects:\n  /old/: { to: /posts/hello/, status: 301 }\n"],
])("redirects are read from %s", (_, settings) => {
  expect(readSettings(settings, "content/site.yaml")).toMatchObject({
    issues: [],
    settings: { redirects: [{ from: "/old/", to: "/posts/hello/" }] },
  });
});

test.each([
  ["a map", "oldFeeds: { /feed/: /rss.xml }\n"],
  ["a list of maps", "oldFeeds: [{ /feed/: /rss.xml }]\n"],
  ["groups with other keys", "oldFeeds: [{ from: /feed/, to: /rss.xml }]\n"],
])("former feeds are read from %s", (_, settings) => {
  expect(readSettings(settings, "content/site.yaml")).toMatchObject({
    issues: [],
    settings: { oldFeeds: [{ path: "/feed/", feed: "/rss.xml" }] },
  });
});

test.each([
  ["/old/:\n", "`redirects./old/` is empty"],
  ["/old/: /old/\n", "/old/ redirects to /old/, which leads back to it"],
  ["/old/: /b/\n  /b/: /c/\n  /c/: /old/\n", "/old/ redirects to /b/, which leads back to it"],
  ["/old/: /posts/draft/\n", "/old/ redirects to /posts/draft/, which isn't published yet"],
  ["/old: /tags/\n  /old/: /posts/\n", "/old is in `redirects` twice"],
  [`/${"a".repeat(220)}/: /posts/\n`, "`redirects` has an old path that no host had"],
])("a redirect that leads nowhere or in a circle is an error: %j", async (redirects, message) => {
  const draft = { "content/posts/draft.mdx": post("draft: true") };
  expect(await mistakesIn({ ...files(`redirects:\n  ${redirects}`), ...draft })).toContain(message);
});

test.each(["/old/: /b/\n  /b/: /posts/hello/", "/old/: posts/hello", "/old/: content/posts/hello.mdx", "/old/: other.example/b"])(
  "the corrected form of the redirect %j works",
  async (line) => {
    const said = await mistakesIn(files(`redirects:\n  ${line}\n`));
    const [, corrected = ""] = /\n +redirects:\n +(\/old\/: \S+)\n/.exec(said) ?? [];
    expect(await mistakesIn(files(`redirects:\n  ${line.replace(/^\S+ \S+/, corrected)}\n`))).toBe("no mistakes");
  },
);

test("links to llms.txt, the blogroll and Markdown copies work only if these files are generated", async () => {
  const links = "[a](/llms.txt) [b](/blogroll.opml) [page](/blogroll/) [c](/posts/hello/index.md)";
  const withLinks = (settings: string) => ({
    ...files(settings),
    "content/posts/hello.mdx": `${post()}\n${links}\n`,
    "content/blogroll.yaml": "blogs: [{ title: Over the hedge, url: https://hedge.example/ }]\n",
  });
  expect(await mistakesIn(withLinks("llmsTxt: true\nmarkdownCopies: true\n"))).toBe("no mistakes");
  expect(await mistakesIn(withLinks(""))).toContain("/llms.txt");
  const settings = "llmsTxt: true\nmarkdownCopies: true\n";
  const without = { ...withLinks(settings), "content/blogroll.yaml": "blogs: []\n" };
  expect(await mistakesIn(without)).toContain("/blogroll.opml");
});

test("an invalid blogroll is an error", async () => {
  const blogroll = { "content/blogroll.yaml": "blogs: [{ title: Over the hedge }]\n" };
  expect(await mistakesIn({ ...files(""), ...blogroll })).toContain("content/blogroll.yaml:1");
});

test("a redirect or old feed with a query is an error", async () => {
  expect(await mistakesIn(files('redirects:\n  /a?b=1: /posts/\noldFeeds: ["feed/?a"]\n'))).toMatchInlineSnapshot(`
    "content/site.yaml:3
      \`redirects\` has old paths with *, ? or #: /a?b=1
        A rule for many addresses, or for a query, is one of your host. Write it into public/_redirects:
        /a?b=1 /posts/ 301

    content/site.yaml:5
      \`oldFeeds\` should be a path from the blog's root such as /feed/, without *, ? and #, but is "feed/?a"
        For example:
        oldFeeds:
          - /feed/
          - /feed/atom/
          - path: /category/trees/feed/
            feed: /tags/trees/rss.xml

    2 errors to fix."
  `);
});

test("the security contact, its expiry date and `ai` are checked", async () => {
  expect(
    await mistakesIn(files("security: { contact: me at example, expires: 2027-02-30 }\nai: never\n")),
  ).toMatchInlineSnapshot(`
    "content/site.yaml:3
      \`security.contact\` should be an address such as mailto:security@me.example, but is "me at example"
        Where to report vulnerabilities: a \`mailto:\` or web address, or a list of them.
        For example:
        security:
          contact: mailto:security@me.example

    content/site.yaml:3
      \`security.expires\` should be a day such as 2027-06-30, but is "2027-02-30"
        Expiry date of the file, at most a year ahead.
        For example:
        security:
          expires: 2027-06-30

    content/site.yaml:4
      \`ai\` should be allow, no-training or disallow, but is "never"
        What AI services are asked to do with the texts, in \`/robots.txt\`, also as \`Content-Signal\`: \`allow\` everything, \`no-training\` (search and answers, but no training), or \`disallow\`. By default, nothing is stated. Crawlers can ignore this request.
        For example:
        ai: no-training

    3 errors to fix."
  `);
  expect(
    await mistakesIn(files("security: { contact: mailto:me@me.example, expires: 2027-02-28 }\nai: disallow\n")),
  ).toBe("no mistakes");
});
