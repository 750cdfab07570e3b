/** Client metadata at its `client_id` (https://indieauth.spec.indieweb.org/#client-information-discovery). */
import LinkHeader from "http-link-header";
import * as z from "zod";
import { cleanLine } from "../../lib/responses/clean-text.ts";
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import type { GuardedResponse } from "../../lib/protocols/http-message.ts";
import { elementsOf, titleOf } from "../../lib/protocols/html-tree.ts";
import { isHtml, parsePage } from "../../lib/protocols/page.ts";
import { clientUrl, isLoopback, sameClient } from "./client-urls.ts";
import { jsonOf } from "../../lib/json-of.ts";

export interface ClientInformation {
  /** One line of plain text; null when the client doesn't publish a name. */
  readonly name: string | null;
  /** URL of a page about the client. */
  readonly page: string | null;
  /** URLs that may receive codes, besides those on the client's own origin. */
  readonly redirectUris: readonly string[];
}

const MAX_BYTES = 256 * 1024;
const MAX_NAME = 80;

/** https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ */
const metadataSchema = z.object({
  client_id: z.string(),
  client_name: z.string().optional(),
  client_uri: z.string().optional(),
  redirect_uris: z.array(z.string().max(2000)).max(100).default([]),
});

/**
 * Fetches a client's metadata: a JSON document, or a page with `rel=redirect_uri`. Loopback clients aren't fetched.
 * @returns null when the metadata can't be fetched or doesn't describe this client.
 */
export async function clientInformation(
  client: GuardedClient,
  clientId: string,
): Promise<ClientInformation | null> {
  const url = clientUrl(clientId);
  if (url === null || isLoopback(url)) return null;
  try {
    const response = await client.fetch(url.href, {
      accept: "application/json, text/html;q=0.9",
      maxBytes: MAX_BYTES,
      wants: (mediaType) => isJson(mediaType) || isHtml(mediaType),
    });
    if (response.status !== 200 || response.isSkipped) return null;
    return isJson(response.mediaType) ? fromJson(response, clientId) : fromPage(response);
  } catch (error) {
    if (error instanceof FetchError) return null;
    throw error;
  }
}

function isJson(mediaType: string | null): boolean {
  return mediaType === "application/json" || (mediaType?.endsWith("+json") ?? false);
}

function fromJson(response: GuardedResponse, clientId: string): ClientInformation | null {
  const { data } = metadataSchema.safeParse(jsonOf(response.text()));
  if (data === undefined || sameClient(data.client_id) !== clientId) return null;
  const { client_name: name, client_uri: page, redirect_uris: redirectUris } = data;
  if (page !== undefined && !clientId.startsWith(page)) return null;
  return { name: nameOf(name), page: page ?? null, redirectUris };
}

function fromPage(response: GuardedResponse): ClientInformation {
  const page = parsePage(response);
  const inHeaders = response.headers("link").flatMap(redirectsIn);
  const inPage = Array.from(elementsOf(page.tree)).flatMap((element) => {
    const isOne = element.name === "link" && hasRedirectRel(element.attribute("rel") ?? "");
    return isOne ? [element.attribute("href") ?? ""] : [];
  });
  const redirectUris = [
    ...inHeaders.map((address) => URL.parse(address, page.url)?.href ?? ""),
    ...inPage.map((address) => URL.parse(address, page.baseUrl)?.href ?? ""),
  ];
  return { name: nameOf(titleOf(page.tree) ?? undefined), page: page.url, redirectUris };
}

function redirectsIn(header: string): string[] {
  try {
    return LinkHeader.parse(header).refs.flatMap(({ uri, rel }) => (hasRedirectRel(rel) ? [uri] : []));
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}

function hasRedirectRel(rel: string): boolean {
  return rel.toLowerCase().split(/\s+/).includes("redirect_uri");
}

function nameOf(raw: string | undefined): string | null {
  const name = cleanLine(raw ?? "", MAX_NAME);
  return name === "" ? null : name;
}
