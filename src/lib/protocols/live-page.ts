import { VERSION_META_NAME } from "../content/post-version.ts";
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import type { GuardedResponse } from "./http-message.ts";
import { elementsOf, parseHtml } from "./html-tree.ts";
import { readLinks, type DocumentLinks } from "./links-to.ts";
import type { Expectation } from "./plan-sends.ts";

/** State of a post's live page. */
export interface LivePage {
  /** One line on how the page differs from the expectation; null when it doesn't. */
  readonly obstacle: string | null;
  /** Whether the fetched page links to a target. */
  readonly linksTo: (target: string) => boolean;
}

/**
 * Fetches a post's live page and checks that it's in the expected state, because receivers fetch the page as soon as
 * they are notified.
 */
export async function checkLivePage(
  url: string,
  expects: Expectation,
  client: GuardedClient,
): Promise<LivePage> {
  let response: GuardedResponse;
  try {
    response = await client.fetch(url, { accept: "text/html", maxBytes: 8 * 1024 * 1024 });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { obstacle: `${error.code}: ${error.message}`, linksTo: () => false };
  }
  const html = response.text();
  const links = readLinks(html, response.mediaType, response.url);
  return { obstacle: obstacleIn(response, html, links, expects), linksTo: links.linksTo };
}

function obstacleIn(
  response: GuardedResponse,
  html: string,
  { declaredStatus }: DocumentLinks,
  expects: Expectation,
): string | null {
  const { status, redirects } = response;
  const mark = versionMarkIn(html);
  if (expects.kind === "gone") {
    const isGone = status === 410 || status === 404 || declaredStatus === 410;
    return isGone ? null : `the page still exists (HTTP ${status})`;
  }
  if (expects.kind === "moved") {
    return redirects.length > 0 || status >= 400 || mark === null
      ? null
      : "the page is still at its old address";
  }
  if (status !== 200) return `the page returns HTTP ${status}`;
  if (mark === null) return `the page has no <meta name="${VERSION_META_NAME}">`;
  const [version, responses] = mark.split(" ");
  if (version !== expects.version) return "the page shows another version of the post";
  if (expects.responses !== null && responses !== expects.responses) return "the page shows other responses";
  return null;
}

function versionMarkIn(html: string): string | null {
  for (const element of elementsOf(parseHtml(html))) {
    if (element.name === "meta" && element.attribute("name") === VERSION_META_NAME) {
      return element.attribute("content");
    }
  }
  return null;
}
