import type { Announcement } from "./discover-webmention.ts";
import type { HtmlTree } from "./html-tree.ts";
import { commentsOf, elementsOf } from "./html-tree.ts";
import { HtmlTooLargeError, parseBounded } from "../bounded-html.ts";
import type { FetchedPage } from "./page.ts";
import { resolveHttpUrl } from "./page.ts";
import { readXml, XmlError } from "./xml.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC = "http://purl.org/dc/elements/1.1/";
const TRACKBACK = "http://madskills.com/public/xml/rss/module/trackback/";

/** List pages have a few dozen blocks; comments beyond this limit are ignored. */
const MAX_COMMENTS = 200;
const MAX_COMMENT_LENGTH = 20_000;
/** Time limit for all comments of a page together. */
const BUDGET_MS = 1000;
const COMMENT_BOUNDS = { elements: 2000, attributes: 4000 };

/** One `rdf:Description`: the address of a page and its trackback address. */
interface Description {
  readonly identifier: string | null;
  readonly ping: string | null;
}

/**
 * Finds the trackback address of a page in the RDF block, in a comment or in the HTML, whose `dc:identifier` is the
 * page's address. List pages have one block per entry, so blocks about other pages are ignored.
 * TrackBack 1.2, "Auto-Discovery of TrackBack Ping URLs".
 *
 * @param target the requested address; the page's address after redirects is accepted too.
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

function* descriptionsOf(tree: HtmlTree): Generator<Description> {
  const deadline = performance.now() + BUDGET_MS;
  let comments = 0;
  for (const comment of commentsOf(tree)) {
    if (!isBlock(comment)) continue;
    if (++comments > MAX_COMMENTS || performance.now() > deadline) break;
    yield* descriptionsInComment(comment);
  }
  yield* descriptionsInHtml(tree);
}

/** Whether a comment may contain an RDF block with a trackback address. */
function isBlock(comment: string): boolean {
  if (comment.length > MAX_COMMENT_LENGTH || !comment.includes("Description")) return false;
  return comment.includes("trackback:ping") || comment.includes(TRACKBACK);
}

/**
 * Parses a comment as XML with namespaces. Tools of 2004 wrote titles with an unescaped `&` or `<`, which aren't XML;
 * such comments are parsed as HTML, with the usual prefixes.
 */
function descriptionsInComment(comment: string): readonly Description[] {
  try {
    return descriptionsInXml(comment);
  } catch (error) {
    if (error instanceof HtmlTooLargeError) return [];
    throw error;
  }
}

function descriptionsInXml(comment: string): readonly Description[] {
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
    // No separate time limit: the length is bounded, and setting up a limit costs more than the parsing.
    if (error instanceof XmlError) return descriptionsInHtml(parseBounded(comment, COMMENT_BOUNDS));
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
