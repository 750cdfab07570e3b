import { HtmlTooLargeError } from "../bounded-html.ts";
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import type { GuardedResponse } from "./http-message.ts";
import { canReadLinks, readLinks } from "./links-to.ts";
import { parseHttpUrl } from "./validate-url.ts";

/**
 * Result of checking the source of a response.
 * `linked`: it links to the target. `unlinked`: the page exists but has no link. `gone`: 410, or a page that declares
 * this status. `missing`: 404. `unreachable`: no HTTP response, or a status that says nothing about the page (401, 403,
 * 5xx …). `unreadable`: content that can't be searched, such as a PDF or a page beyond the size limit.
 */
export type SourceState = "linked" | "unlinked" | "gone" | "missing" | "unreachable" | "unreadable";

export interface SourceCheck {
  readonly state: SourceState;
  /** One human-readable line. */
  readonly message: string;
  /** The HTTP response that was checked, or null. */
  readonly response: GuardedResponse | null;
}

/** Reason why a pair of URLs can't be a mention; receivers respond with 400. */
export type MentionProblem = "bad-source" | "bad-target" | "same-page";

/**
 * Does the check that a receiver makes before it fetches anything: both are http(s) URLs, and not of the same page.
 * Differences in scheme, host case, default port and fragment are ignored.
 * https://www.w3.org/TR/webmention/#request-verification
 */
export function mentionProblem(source: string, target: string): MentionProblem | null {
  const from = httpUrl(source);
  const to = httpUrl(target);
  if (from === null) return "bad-source";
  if (to === null) return "bad-target";
  const isSame = from.hostname === to.hostname && from.pathname === to.pathname && from.search === to.search;
  return isSame && portOf(from) === portOf(to) ? "same-page" : null;
}

/**
 * Fetches a source and checks whether it (still) links to the target. Doesn't throw for network errors or hostile
 * content.
 *
 * @param isTarget whether another address counts as the target too, such as a different spelling of the post's URL.
 */
export async function checkSource(
  source: string,
  target: string,
  client: GuardedClient,
  isTarget: (address: string) => boolean = () => false,
): Promise<SourceCheck> {
  const problem = mentionProblem(source, target);
  if (problem !== null) return { state: "unreadable", message: problem, response: null };
  let response: GuardedResponse;
  try {
    response = await client.fetch(source, {
      accept: "text/html, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1",
      wants: canReadLinks,
      whenTooLarge: "truncate",
    });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { state: "unreachable", message: `${error.code}: ${error.message}`, response: null };
  }
  return { ...judgeSource(response, target, isTarget), response };
}

/** Checks an HTTP response for the link; one response can be checked for several targets. */
export function judgeSource(
  response: GuardedResponse,
  target: string,
  isTarget: (address: string) => boolean = () => false,
): Omit<SourceCheck, "response"> {
  try {
    return checkContent(response, target, isTarget);
  } catch (error) {
    if (!(error instanceof HtmlTooLargeError)) throw error;
    return { state: "unreadable", message: `its HTML can't be read: ${error.message}` };
  }
}

function checkContent(
  response: GuardedResponse,
  target: string,
  isTarget: (address: string) => boolean,
): Omit<SourceCheck, "response"> {
  const { status, mediaType } = response;
  if (status === 410) return { state: "gone", message: "410 Gone" };
  if (status === 404) return { state: "missing", message: "404 Not Found" };
  if (status < 200 || status >= 300) return { state: "unreachable", message: `HTTP ${status}` };
  if (response.isSkipped)
    return { state: "unreadable", message: `its media type is ${mediaType ?? "unknown"}` };
  const links = readLinks(response.text(), mediaType, response.url);
  if (links.declaredStatus === 410)
    return { state: "gone", message: "the page declares the status 410 Gone" };
  if (links.linksTo(target) || [...links.addresses].some(isTarget))
    return { state: "linked", message: "links to the post" };
  // Bot protection often responds with 202 and its own page.
  if (status !== 200) return { state: "unreachable", message: `HTTP ${status} without the link` };
  if (response.isTruncated) return { state: "unreadable", message: "no link in its first megabyte" };
  return { state: "unlinked", message: "no longer links to the post" };
}

function httpUrl(address: string): URL | null {
  try {
    return parseHttpUrl(address);
  } catch (error) {
    if (error instanceof FetchError) return null;
    throw error;
  }
}

/** http and https on their default ports count as the same site. */
function portOf({ port }: URL): string {
  return port === "80" || port === "443" ? "" : port;
}
