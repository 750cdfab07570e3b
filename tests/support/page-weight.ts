import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { BuiltSite } from "./build.ts";
import { readOutput } from "./pages.ts";

/** Compressed bytes that a page costs without its pictures and fonts. */
export interface PageWeight {
  readonly total: number;
  /** The same without the responses on the page. */
  readonly withoutConversation: number;
  /** What it runs before any click. */
  readonly scripts: number;
}

/** Weighs a page of a built site with the styles and scripts that it loads by itself. */
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

/** A page without its section of responses; the ways to respond in it go as well. */
function withoutResponses(html: string): string {
  const start = html.search(/<section[^>]* id="responses"/);
  const end = html.search(/<section[^>]* class="bios"|<section class="bios"/);
  return start === -1 || end < start ? html : html.slice(0, start) + html.slice(end);
}

/** Bytes of a text as a host that only knows gzip sends it. */
export function gzipped(text: string): number {
  return gzipSync(text).byteLength;
}

/** Addresses of one kind of file that a page loads by itself. */
function loaded(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? "");
}

function below(site: BuiltSite, href: string): string {
  return href.slice(site.base.length);
}

/** Bytes of a file of the site as a host that knows Brotli sends it. */
export function compressed(site: BuiltSite, file: string): number {
  return brotliCompressSync(readFileSync(path.join(site.outDir, file))).byteLength;
}

/** Scripts that a page runs at once, with all that they import statically. */
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
