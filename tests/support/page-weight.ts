import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { BuiltSite } from "./build.ts";
import { readOutput } from "./pages.ts";

/** Compressed size of a page in bytes, without pictures and fonts. */
export interface PageWeight {
  readonly total: number;
  /** The same without the responses on the page. */
  readonly withoutConversation: number;
  /** Scripts that run before any click. */
  readonly scripts: number;
}

/** Measures a page of a built site with the styles and scripts that it loads without interaction. */
export function pageWeight(site: BuiltSite, file: string): PageWeight {
  const html = readOutput(site, file);
  const styles = loaded(html, /<link rel="stylesheet" href="([^"]+)"/g);
  const inline = [...html.matchAll(/<script>([^<]*)<\/script>/g)].map(([, code]) => code).join("");
  const sum = (files: Iterable<string>) =>
    [...files].reduce((bytes, name) => bytes + compressed(site, name), 0);
  const scripts = sum(scriptFiles(site, html)) + brotliCompressSync(inline).byteLength;
  const around = sum(styles.map((href) => below(site, href))) + scripts;
  const withoutConversation = brotliCompressSync(withoutResponses(html)).byteLength + around;
  return { total: compressed(site, file) + around, withoutConversation, scripts };
}

/** Removes the responses section from a page, including the ways to respond. */
function withoutResponses(html: string): string {
  const start = html.search(/<section[^>]* id="responses"/);
  const end = html.search(/<section[^>]* class="bios"|<section class="bios"/);
  return start === -1 || end < start ? html : html.slice(0, start) + html.slice(end);
}

/** Returns the size of a text in bytes, compressed with gzip. */
export function gzipped(text: string): number {
  return gzipSync(text).byteLength;
}

/** Returns the URLs of one kind of file that a page loads without interaction. */
function loaded(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? "");
}

function below(site: BuiltSite, href: string): string {
  return href.slice(site.base.length);
}

/** Returns the size of a file of the site in bytes, compressed with Brotli. */
export function compressed(site: BuiltSite, file: string): number {
  return brotliCompressSync(readFileSync(path.join(site.outDir, file))).byteLength;
}

/** Returns the scripts that a page runs on load, with all their static imports. */
function scriptFiles(site: BuiltSite, html: string): Set<string> {
  const found = new Set<string>();
  const queue = loaded(html, /<script[^>]*\ssrc="([^"]+)"/g).map((href) => below(site, href));
  for (const file of queue) {
    if (found.has(file)) continue;
    found.add(file);
    const code = readOutput(site, file);
    for (const name of loaded(code, /(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
      queue.push(`_astro/${name}`);
  }
  return found;
}
