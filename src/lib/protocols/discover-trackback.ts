import type { Announcement } from "./discover-webmention.ts";
import type { HtmlTree } from "./html-tree.ts";
import { commentsOf, elementsOf, parseHtml } from "./html-tree.ts";
import type { FetchedPage } from "./page.ts";
import { resolveHttpUrl } from "./page.ts";
import { readXml, XmlError } from "./xml.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC = "http://purl.org/dc/elements/1.1/";
const TRACKBACK = "http://madskills.com/public/xml/rss/module/trackback/";

/** One `rdf:Description`: the page it speaks of and that page's trackback address. */
interface Description {
  readonly identifier: string | null;
  readonly ping: string | null;
}

/**
 * The trackback address of a page: from the RDF block, in a comment or in the page itself, whose `dc:identifier` is
 * the page's address. A list page holds one block for each entry, so a block that names another page never counts.
 * TrackBack 1.2, "Auto-Discovery of TrackBack Ping URLs".
 *
 * @param target the address that led to the page; its final address counts as well.
 */
export function findTrackback(page: FetchedPage, target: string): Announcement<"trackback-rdf"> | null {
  const own = new Set([withoutFragment(target), withoutFragment(page.url)]);
  for (const { identifier, ping } of descriptionsOf(page.tree)) {
    if (identifier === null || ping === null || !own.has(withoutFragment(identifier.trim()))) continue;
    const endpoint = resolveHttpUrl(ping.trim(), page.url);
    if (endpoint !== null) return { how: "trackback-rdf", endpoint };
  }
  return null;
}

function descriptionsOf(tree: HtmlTree): readonly Description[] {
  const inComments = [...commentsOf(tree)]
    .filter((comment) => comment.includes("trackback:ping") || comment.includes(TRACKBACK))
    .flatMap(descriptionsInComment);
  return [...inComments, ...descriptionsInHtml(tree)];
}

/**
 * Read as XML with its namespaces; a title with a bare `&` or `<`, as tools of 2004 wrote them, isn't XML, and is
 * read by the customary prefixes instead.
 */
function descriptionsInComment(comment: string): readonly Description[] {
  const found: Description[] = [];
  try {
    readXml(comment.trim(), {
      open: (tag) => {
        if (tag.namespace !== RDF || tag.name !== "Description") return;
        found.push({ identifier: tag.attribute(DC, "identifier"), ping: tag.attribute(TRACKBACK, "ping") });
      },
    });
    return found;
  } catch (error) {
    if (error instanceof XmlError) return descriptionsInHtml(parseHtml(comment));
    throw error;
  }
}

function descriptionsInHtml(tree: HtmlTree): readonly Description[] {
  return [...elementsOf(tree)]
    .filter(({ name }) => name === "rdf:description")
    .map((element) => ({
      identifier: element.attribute("dc:identifier"),
      ping: element.attribute("trackback:ping"),
    }));
}

function withoutFragment(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  url.hash = "";
  return url.href;
}
