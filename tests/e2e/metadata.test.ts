import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
import { mf2 } from "microformats-parser";
import { describe, expect, test } from "vitest";
import { LONG_SLUG } from "../fixtures/long-conversation.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { ofSite, SITES } from "../support/sites.ts";

describe.each(SITES)("%s", (_name, site) => {
  const posts = htmlFiles(site).filter((file) => /^posts\/(?!page)[^/]+\/index\.html$/.test(file));
  const home = `https://backfence.example${site.base}`;
  const addressOf = (file: string): string => home + file.replace(/index\.html$/, "");

  test("there are posts to check", () => expect(posts.length).toBeGreaterThanOrEqual(14));

  test("a post by an author with a Mastodon account names the account for link previews", () => {
    expect(readOutput(site, "posts/people-you-only-know-by-handle/index.html")).toContain(
      '<meta name="fediverse:creator" content="@ines@social.example">',
    );
  });

  test("a byline joins author names according to the language of the post", () => {
    const { document } = new JSDOM(readOutput(site, "posts/die-antwort-die-ich-nie-abschickte/index.html"))
      .window;
    const byline = document.querySelector(".byline-names")?.textContent?.replaceAll(/\s+/g, " ").trim();
    expect(byline).toBe("Von Nell Hartigan und Ines Okafor Gast");
  });

  // The post with 1,600 responses has only three sentences, too few for reader modes to detect an article.
  const articles = posts.filter((file) => !file.includes(LONG_SLUG));

  test.each(ofSite(site, articles))("a reader mode finds title, author, date and text of %s", (file) => {
    const { document } = new JSDOM(readOutput(site, file), { url: addressOf(file) }).window;
    const title = document.querySelector("h1")?.textContent?.trim() ?? "";
    const article = new Readability(document).parse();
    expect(article?.title).toBe(title);
    expect(article?.byline).toBeTruthy();
    expect(article?.publishedTime).toMatch(/^\d{4}-/);
    expect(article?.length ?? 0).toBeGreaterThan(2_000);
  });

  describe.each(ofSite(site, posts))("%s", (file) => {
    const html = readOutput(site, file);

    test("is parsed as a complete h-entry", () => {
      const { items } = mf2(html, { baseUrl: addressOf(file) });
      const entry = items.find((item) => item.type?.includes("h-entry"));
      expect(entry?.properties["name"]?.[0]).toBeTruthy();
      expect(entry?.properties["published"]?.[0]).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(entry?.properties["url"]?.[0]).toBe(addressOf(file));
      expect(entry?.properties["content"]?.[0]).toBeTruthy();
      const [author] = entry?.properties["author"] ?? [];
      const card = typeof author === "object" && "properties" in author ? author.properties : {};
      expect(card["name"]?.[0]).toBeTruthy();
      expect(String(card["url"]?.[0]).startsWith(`${home}authors/`)).toBe(true);
    });

    test("has a BlogPosting and breadcrumbs that a parser accepts", () => {
      const { document } = new JSDOM(html).window;
      const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')];
      const types = blocks.flatMap((block) => typesIn(JSON.parse(block.textContent ?? "")));
      expect(types).toContain("BlogPosting");
      expect(types).toContain("BreadcrumbList");
    });
  });
});

/** Returns the types of the nodes of a JSON-LD document, which is a single node or a graph. */
function typesIn(data: {
  readonly "@type"?: string;
  readonly "@graph"?: readonly { readonly "@type": string }[];
}): string[] {
  const nodes = data["@graph"] ?? [data];
  return nodes.flatMap((node) => node["@type"] ?? []);
}
