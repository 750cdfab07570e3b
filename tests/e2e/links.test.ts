import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { fromHtml } from "hast-util-from-html";
import type { Element, Nodes } from "hast";
import { describe, expect, test } from "vitest";
import type { BuiltSite } from "../support/build.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";

const origin = "https://backfence.example";

/** URLs on a page that must exist, and the anchors on it. */
interface PageFacts {
  readonly addresses: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

describe.each(SITES)("%s", (_name, site) => {
  test("every internal link, picture and anchor exists", () => {
    const pages = new Map(htmlFiles(site).map((file) => [file, factsOf(readOutput(site, file))]));
    const broken: string[] = [];
    let checked = 0;
    for (const [file, { addresses }] of pages) {
      const from = new URL(`${site.base}${encodeURI(file).replace(/(^|\/)index\.html$/, "$1")}`, origin);
      for (const address of addresses) {
        if (!URL.canParse(address, from)) {
          broken.push(`${file}: ${address} is no address`);
          continue;
        }
        const url = new URL(address, from);
        if (url.origin !== origin || isForHosts(url)) continue;
        checked += 1;
        const target = targetFile(site, url);
        if (target === null) broken.push(`${file}: ${address}`);
        else if (isAnchorMissing(url, pages.get(target)))
          broken.push(`${file}: ${address} has no such anchor`);
      }
    }
    expect(broken.slice(0, 30)).toEqual([]);
    expect(checked).toBeGreaterThan(3_000);
  });
});

/** Whether a URL on the blog's host is handled by a receiver and not part of the site. */
function isForHosts(url: URL): boolean {
  return /\/(trackback|pingback|webmention)\b/.test(url.pathname);
}

function isAnchorMissing(url: URL, page: PageFacts | undefined): boolean {
  if (url.hash.length <= 1 || page === undefined || url.hash.startsWith("#:~:")) return false;
  return !page.anchors.has(decodeURIComponent(url.hash.slice(1)));
}

function targetFile(site: BuiltSite, url: URL): string | null {
  if (!url.pathname.startsWith(site.base)) return null;
  const name = decodeURIComponent(url.pathname.slice(site.base.length));
  const file = name === "" || name.endsWith("/") ? `${name}index.html` : name;
  const full = path.join(site.outDir, file);
  return existsSync(full) && statSync(full).isFile() ? file : null;
}

function factsOf(html: string): PageFacts {
  const addresses: string[] = [];
  const anchors = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === "element") collect(node, addresses, anchors);
    if ("children" in node) node.children.forEach(visit);
  };
  visit(fromHtml(html));
  return { addresses, anchors };
}

function collect({ tagName, properties }: Element, addresses: string[], anchors: Set<string>): void {
  if (typeof properties["id"] === "string") anchors.add(properties["id"]);
  for (const name of ["href", "src", "poster", "action"] as const) {
    const value = properties[name];
    if (typeof value === "string" && !(tagName === "link" && isAnnouncement(properties["rel"])))
      addresses.push(value);
  }
  const sets = properties["srcSet"];
  if (typeof sets === "string")
    addresses.push(...sets.split(",").map((item) => item.trim().split(/\s+/)[0] ?? ""));
}

function isAnnouncement(rel: unknown): boolean {
  return Array.isArray(rel) && rel.some((word) => word === "webmention" || word === "pingback");
}
