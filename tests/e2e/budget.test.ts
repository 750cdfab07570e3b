import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { listFiles } from "../../src/build/output-tree.ts";
import { root, type BuiltSite } from "../support/build.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";

const KB = 1000;

/** Addresses of one kind of file that a page loads by itself. */
function loaded(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? "");
}

/** Files of one kind that a page loads by itself, below the output folder. */
function files(html: string, pattern: RegExp, { base }: BuiltSite): string[] {
  return loaded(html, pattern).map((address) => {
    expect(address.startsWith(base), `${address} lies below ${base}`).toBe(true);
    return address.slice(base.length);
  });
}

function weight(site: BuiltSite, file: string): number {
  return brotliCompressSync(readFileSync(path.join(site.outDir, file))).byteLength;
}

/** Scripts that a page runs at once, with all that they import statically. */
function scriptFiles(html: string, site: BuiltSite): Set<string> {
  const found = new Set<string>();
  const queue = files(html, /<script[^>]*\ssrc="([^"]+)"/g, site);
  for (const file of queue) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readOutput(site, file);
    for (const name of loaded(code, /(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
      queue.push(`_astro/${name}`);
  }
  return found;
}

describe.each(SITES)("%s", (_name, site) => {
  const posts = htmlFiles(site).filter((file) => /^posts\/(?!page)[^/]+\/index\.html$/.test(file));

  test.each(posts)(
    "%s weighs at most 20 KB compressed without its pictures and fonts, 3 KB of it JavaScript",
    (file) => {
      const html = readOutput(site, file);
      const styles = files(html, /<link rel="stylesheet" href="([^"]+)"/g, site);
      const scripts = [...scriptFiles(html, site)];
      const inline = loaded(html, /<script>([^<]*)<\/script>/g).join("");
      const scriptBytes = scripts.reduce(
        (sum, name) => sum + weight(site, name),
        brotliCompressSync(inline).byteLength,
      );
      const total =
        weight(site, file) + styles.reduce((sum, name) => sum + weight(site, name), 0) + scriptBytes;
      expect(scriptBytes).toBeLessThanOrEqual(3 * KB);
      expect(total).toBeLessThanOrEqual(20 * KB);
    },
  );

  test("there are posts to weigh", () => expect(posts.length).toBeGreaterThanOrEqual(14));

  test("search costs a page at most 1.5 KB until it's opened", () => {
    const source = readFileSync(path.join(root, "src/components/search/open-search.ts"));
    expect(source.toString("utf8")).not.toMatch(/^import /m);
    expect(brotliCompressSync(source).byteLength).toBeLessThanOrEqual(1.5 * KB);
  });

  test("at most one font file, of at most 45 KB", () => {
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
});
