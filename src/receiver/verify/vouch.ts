/** Verifies vouches (https://indieweb.org/Vouch): pages on approved sites that link to the source's site. */
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { elementsOf, parseHtml } from "../../lib/protocols/html-tree.ts";
import { isHtml } from "../../lib/protocols/page.ts";
import { HtmlTooLargeError } from "../../lib/bounded-html.ts";

/** Whether a page links to the source's host, other than with `rel="nofollow"`. */
export async function isVouchedFor(vouch: string, source: string, client: GuardedClient): Promise<boolean> {
  try {
    const response = await client.fetch(vouch, { wants: isHtml, whenTooLarge: "truncate" });
    if (response.status !== 200 || response.isSkipped) return false;
    const host = new URL(source).hostname;
    for (const element of elementsOf(parseHtml(response.text()))) {
      if (element.name !== "a" && element.name !== "area") continue;
      const url = URL.parse(element.attribute("href") ?? "", response.url);
      const relations = (element.attribute("rel") ?? "").toLowerCase().split(/\s+/);
      if (url?.hostname === host && !relations.includes("nofollow")) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof FetchError || error instanceof HtmlTooLargeError) return false;
    throw error;
  }
}
