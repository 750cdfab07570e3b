import { mf2 } from "microformats-parser";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { LONG_COUNT, LONG_SLUG, longConversation, OLD_ANCHORS } from "../fixtures/long-conversation.ts";
import { axeFaults } from "../support/axe.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { gzipped, pageWeight } from "../support/page-weight.ts";
import { useSite } from "../support/use-site.ts";

const site = inject("demoBelow");
const own = `posts/${LONG_SLUG}/index.html`;
const further = htmlFiles(site).filter((file) => file.startsWith(`posts/${LONG_SLUG}/responses/`));
const pages = [own, ...further];
const postUrl = `https://backfence.example/blog/posts/${LONG_SLUG}/`;
const records = longConversation(postUrl);

/** Returns the path of a page's file relative to the base path. */
const addressOf = (file: string) => file.replace(/index\.html$/, "");

const server = useSite(site);

describe("a post with 1,600 responses", () => {
  test("stays within the size limit of posts, and its first hundred responses add at most 60 KB", () => {
    const { total, withoutConversation, scripts } = pageWeight(site, own);
    expect(withoutConversation).toBeLessThanOrEqual(20_000);
    expect(total - withoutConversation).toBeLessThanOrEqual(60_000);
    expect(scripts).toBeLessThanOrEqual(3000);
    const said = readOutput(site, own).match(/<li class="(?:response|trackback|mention)\b/g);
    expect(said).toHaveLength(100);
  });

  test("continues on small pages, each linked from the previous one", () => {
    expect(further.length).toBeGreaterThan(5);
    for (const file of further) expect(gzipped(readOutput(site, file)), file).toBeLessThan(60_000);
    const found = new Set<string>();
    let next: string | undefined = linkIn(
      own,
      /<div class="more-responses">\s*<a class="button" rel="next" href="([^"]+)"/,
    );
    while (next !== undefined && !found.has(next)) {
      found.add(next);
      next = linkIn(`${next}index.html`, /<a rel="next" href="([^"]+)"/);
    }
    expect([...found].sort()).toEqual(further.map(addressOf).sort());
  });

  test("shows every response exactly once", () => {
    const ids = pages.flatMap((file) =>
      [...readOutput(site, file).matchAll(/<li class="[^"]*h-cite[^"]*" id="([^"]+)"/g)].map(([, id]) => id),
    );
    expect(ids).toHaveLength(LONG_COUNT);
    const wanted = records.map((record) => record.anchor ?? `c${record["wm-id"]}`);
    expect([...ids].sort()).toEqual(wanted.sort());
  });

  test("is complete for microformats parsers", () => {
    const cites = pages.flatMap((file) => citesOn(file));
    expect(cites).toHaveLength(LONG_COUNT);
    const urls = new Map(cites.map((cite) => [cite.url, cite]));
    for (const record of records) {
      const cite = urls.get(record.url);
      expect(cite, record.url).toBeDefined();
      expect(cite?.property, record.url).toBe(propertyOf(record["wm-property"], record["wm-protocol"]));
      expect(Date.parse(cite?.published ?? "")).toBe(Date.parse(record.published ?? ""));
      expect(cite?.author).toBe(record["wm-protocol"] === "trackback" ? record.site : record.author.name);
    }
  });
});

describe.each(["light", "dark"] as const)("its pages, %s", (colorScheme) => {
  test.each([own, further[0] ?? "", further.at(-1) ?? ""])(
    "%s: axe finds no faults, no CSP violations, no requests to other hosts, nothing overflows",
    async (file) => {
      const context = await server.browser.newContext({
        ...{ colorScheme, viewport: { width: 320, height: 640 } },
        serviceWorkers: "block",
      });
      const page = await context.newPage();
      const troubles = troublesOf(page);
      await page.goto(server.url + addressOf(file));
      expect(await axeFaults(page)).toEqual([]);
      expect(troubles).toEqual([]);
      const room = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await page.evaluate(room)).toBeLessThanOrEqual(0);
      await context.close();
    },
  );
});

test("without JavaScript, a reader can go to the newest responses by date and expand long ones", async () => {
  const context = await server.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}posts/${LONG_SLUG}/`);
  await page.getByText("All pages").click();
  await page.locator(".pages-by-date a").last().click();
  await page.waitForURL(`${server.url}posts/${LONG_SLUG}/responses/${further.length + 1}/`);
  await page.locator(`#c${records.at(-2)?.["wm-id"]}`).waitFor();
  await page.goto(`${server.url}posts/${LONG_SLUG}/`);
  const folded = page.locator(".said-long").first();
  const heightOf = async () => (await folded.boundingBox())?.height ?? 0;
  const before = await heightOf();
  await folded.getByText("Read more").click();
  await expect.poll(heightOf).toBeGreaterThan(before + 20);
  await context.close();
});

describe("the URL of a response", () => {
  const newest = `c${records.at(-2)?.["wm-id"]}`;
  const last = `posts/${LONG_SLUG}/responses/${further.length + 1}/`;

  test.each(OLD_ANCHORS)("#%s of an older platform is on the post's page", async (anchor) => {
    const page = await server.browser.newPage({ reducedMotion: "reduce", serviceWorkers: "block" });
    const troubles = troublesOf(page);
    await page.goto(`${server.url}posts/${LONG_SLUG}/#${anchor}`);
    await page.locator(`#${anchor}:target`).waitFor();
    expect(troubles).toEqual([]);
    await page.close();
  });

  test("leads to the page that the response is on", async () => {
    const page = await server.browser.newPage({ reducedMotion: "reduce", serviceWorkers: "block" });
    const troubles = troublesOf(page);
    await page.goto(`${server.url}posts/${LONG_SLUG}/#${newest}`);
    await page.waitForURL(`${server.url}${last}#${newest}`);
    await page.locator(`#${newest}:target`).waitFor();
    await page.evaluate((hash) => (location.hash = hash), OLD_ANCHORS[1]);
    await page.waitForURL(`${server.url}posts/${LONG_SLUG}/#${OLD_ANCHORS[1]}`);
    expect(troubles).toEqual([]);
    await page.close();
  });

  test("requests nothing if the response is on the page, and stays on the page if there is no such response", async () => {
    const page = await server.browser.newPage({ reducedMotion: "reduce", serviceWorkers: "block" });
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));
    await page.goto(`${server.url}posts/${LONG_SLUG}/#${OLD_ANCHORS[0]}`, { waitUntil: "networkidle" });
    expect(asked.filter((url) => url.endsWith(".json"))).toEqual([]);
    await page.goto(`${server.url}posts/${LONG_SLUG}/?again#c-nobody`, { waitUntil: "networkidle" });
    await expect.poll(() => asked.filter((url) => url.endsWith(".json"))).toHaveLength(1);
    expect(page.url()).toMatch(/\?again#c-nobody$/);
    await page.close();
  });
});

/** Returns the target of a page's first link that matches, relative to the base path. */
function linkIn(file: string, pattern: RegExp): string | undefined {
  const href = pattern.exec(readOutput(site, file))?.[1];
  return href?.slice(site.base.length);
}

/** Collects CSP violations, errors and requests to other hosts while a page is open. */
function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") troubles.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith("data:"))
      troubles.push(request.url());
  });
  return troubles;
}

interface Cite {
  readonly property: string;
  readonly url: unknown;
  readonly author: unknown;
  readonly published: string;
}

/** Returns the nested citations of a page's entry. */
function citesOn(file: string): Cite[] {
  const page = `https://backfence.example/blog/${addressOf(file)}`;
  const { items } = mf2(readOutput(site, file), { baseUrl: page });
  const entries = items.filter(({ properties }) => properties["url"]?.includes(postUrl));
  expect(
    entries.map(({ type }) => type),
    file,
  ).toEqual([["h-entry"]]);
  return entries.flatMap((entry) => citesIn(entry, page));
}

type Item = ReturnType<typeof mf2>["items"][number];

function citesIn({ properties }: Item, page: string): Cite[] {
  return ["comment", "like", "repost", "bookmark", "rsvp", "mention"].flatMap((property) =>
    (properties[property] ?? []).flatMap((value): Cite[] => {
      if (typeof value !== "object" || !("properties" in value)) return [];
      const { author, url, published } = value.properties;
      const card = author?.[0];
      const name =
        typeof card === "object" && "properties" in card ? card.properties["name"]?.[0] : undefined;
      // The URL of a response without its own page is that of the page it's on; the record has the post's URL.
      const address = new URL(String(url?.[0]), page).href.replace(page, postUrl);
      return [
        { property, url: address, author: name, published: String(published?.[0]) },
        ...citesIn(value, page),
      ];
    }),
  );
}

function propertyOf(kind: string, protocol: string): string {
  if (protocol === "trackback" || kind === "in-reply-to") return "comment";
  return kind === "mention-of" ? "mention" : kind.replace(/-of$/, "");
}
