import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
import { mf2 } from "microformats-parser";
import { describe, expect, inject, test } from "vitest";
import { htmlFiles, readOutput } from "../support/pages.ts";

const site = inject("demo");
const posts = htmlFiles(site).filter((file) => /^posts\/(?!page)[^/]+\/index\.html$/.test(file));
const origin = "https://backfence.example/";

function addressOf(file: string): string {
  return origin + file.replace(/index\.html$/, "");
}

describe.each(posts)("%s", (file) => {
  const html = readOutput(site, file);

  test("reads back as a complete h-entry", () => {
    const { items } = mf2(html, { baseUrl: addressOf(file) });
    const entry = items.find((item) => item.type?.includes("h-entry"));
    expect(entry?.properties["name"]?.[0]).toBeTruthy();
    expect(entry?.properties["published"]?.[0]).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(entry?.properties["url"]?.[0]).toBe(addressOf(file));
    expect(entry?.properties["content"]?.[0]).toBeTruthy();
    const [author] = entry?.properties["author"] ?? [];
    const card = typeof author === "object" && "properties" in author ? author.properties : {};
    expect(card["name"]?.[0]).toBeTruthy();
    expect(card["url"]?.[0]).toMatch(/^https:\/\/backfence\.example\/authors\//);
  });

  test("tells its title, author, date and text to a reader mode", () => {
    const { document } = new JSDOM(html, { url: addressOf(file) }).window;
    const title = document.querySelector("h1")?.textContent?.trim() ?? "";
    const article = new Readability(document).parse();
    expect(article?.title).toBe(title);
    expect(article?.byline).toBeTruthy();
    expect(article?.publishedTime).toMatch(/^\d{4}-/);
    expect(article?.length ?? 0).toBeGreaterThan(2_000);
  });

  test("carries a BlogPosting and breadcrumbs that a parser accepts", () => {
    const { document } = new JSDOM(html).window;
    const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')];
    const graphs = blocks.flatMap((block) => {
      const data = JSON.parse(block.textContent ?? "") as {
        "@graph"?: { "@type": string }[];
        "@type"?: string;
      };
      return data["@graph"] ?? [data];
    });
    const types = graphs.map((node) => node["@type"]);
    expect(types).toContain("BlogPosting");
    expect(types).toContain("BreadcrumbList");
  });
});

test("there are posts to look at", () => expect(posts.length).toBeGreaterThanOrEqual(14));
