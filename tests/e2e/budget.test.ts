import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { LONG_SLUG } from "../fixtures/long-conversation.ts";
import { listFiles } from "../../src/integration/list-files.ts";
import { root } from "../support/build.ts";
import { compressed, pageWeight } from "../support/page-weight.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";

const KB = 1000;

/** Features whose script belongs to a page. */
const PAGE_SCRIPTS: Readonly<Record<string, string>> = { "offline-pages": "OfflinePage" };

/**
 * Scripts that are loaded when a reader uses a feature, by the beginning of the file name; without search and giscus.
 */
const COMFORTS = [
  ...[
    "code-copy",
    "copy",
    "display",
    "display-panel",
    "offline-pages",
    "note-preview",
    "offline",
    "picture-zoom",
  ],
  ...["shortcuts", "side-notes", "video-player", "response-redirect"],
];

describe.each(SITES)("%s", (_name, site) => {
  const all = htmlFiles(site).filter((file) => /^posts\/(?!page)[^/]+\/index\.html$/.test(file));
  const posts = all.filter((file) => site.base === "/" || file.includes(LONG_SLUG));

  test.each(posts)(
    "%s is at most 20 KB compressed without pictures, fonts and conversation (long posts: 3 bytes more per word), of which 3 KB is JavaScript",
    (file) => {
      const { scripts, withoutConversation } = pageWeight(site, file);
      expect(scripts).toBeLessThanOrEqual(3 * KB);
      const words = readOutput(site, file)
        .replace(/<[^>]*>/g, " ")
        .split(/\s+/).length;
      const longRead = 3 * Math.max(0, words - 3_000);
      expect(withoutConversation).toBeLessThanOrEqual(20 * KB + longRead);
    },
  );

  test.each(posts)("the conversation of %s adds at most 60 KB compressed", (file) => {
    const { total, withoutConversation } = pageWeight(site, file);
    expect(total - withoutConversation).toBeLessThanOrEqual(60 * KB);
  });

  test("there are posts to measure", () => expect(all.length).toBeGreaterThanOrEqual(14));

  test("search adds at most 1.5 KB to a page until it's opened", () => {
    const source = readFileSync(path.join(root, "src/components/search/open-search.ts"));
    expect(source.toString("utf8")).not.toMatch(/^import /m);
    expect(brotliCompressSync(source).byteLength).toBeLessThanOrEqual(1.5 * KB);
  });

  test("there is at most one font file, of at most 45 KB", () => {
    const fonts = listFiles(site.outDir).filter((file) => /\.(woff2?|ttf|otf)$/.test(file));
    expect(fonts.length).toBeLessThanOrEqual(1);
    for (const file of fonts) {
      expect(file).toMatch(/\.woff2$/);
      expect(readFileSync(path.join(site.outDir, file)).byteLength).toBeLessThanOrEqual(45 * KB);
    }
  });

  test("the legacy search interface isn't shipped", () => {
    expect(existsSync(path.join(site.outDir, "pagefind/pagefind.js"))).toBe(true);
    expect(
      listFiles(path.join(site.outDir, "pagefind")).filter((file) => /-ui|highlight/.test(file)),
    ).toEqual([]);
  });

  test("each optional feature loads less than 1 KB when a reader uses it, the service worker less than 3 KB", () => {
    const scripts = listFiles(path.join(site.outDir, "_astro")).filter((file) => file.endsWith(".js"));
    const weights = COMFORTS.map((name) => {
      const own = scripts.find(
        (file) => file.startsWith(`${name}.`) || file.startsWith(`${PAGE_SCRIPTS[name]}.`),
      );
      return [name, own === undefined ? null : compressed(site, `_astro/${own}`) < KB] as const;
    });
    expect(Object.fromEntries(weights)).toEqual(Object.fromEntries(COMFORTS.map((name) => [name, true])));
    expect(compressed(site, "sw.js")).toBeLessThan(3 * KB);
  });
});
