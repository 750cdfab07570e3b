/** Converts a verified source to the sanitized record of a response, as if received from webmention.io's API. */
import { titleOf, parseHtml } from "../../lib/protocols/html-tree.ts";
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import type { GuardedResponse } from "../../lib/protocols/http-message.ts";
import { isHtml } from "../../lib/protocols/page.ts";
import { kindOf, rsvpOf } from "../../lib/responses/classify.ts";
import { cleanLine, hostOf } from "../../lib/responses/clean-text.ts";
import { readEntry, type Mf2Entry } from "../../lib/responses/mf2-entry.ts";
import type { PostResponse } from "../../lib/responses/model.ts";
import { draftOfMention } from "../../lib/responses/pull/jf2-record.ts";
import { responseSchema } from "../../lib/responses/record.ts";
import type { VerifyPayload } from "../store/notifications.ts";

export interface SourceRecord {
  readonly record: PostResponse;
  /** URL of the author's picture. */
  readonly photo: string | null;
}

/**
 * The record of a source, from its h-entry or else its title; for a trackback, from the data in the ping.
 *
 * @param received time of the verification.
 */
export async function sourceRecord(
  payload: VerifyPayload,
  response: GuardedResponse,
  received: Date,
  client: GuardedClient,
): Promise<SourceRecord> {
  const described =
    payload.trackback === undefined
      ? await describedByPage(payload, response, client)
      : describedByTrackback(payload.trackback);
  const mention = {
    ...described,
    "wm-id": 0,
    "wm-source": payload.source,
    "wm-target": payload.target,
    "wm-protocol": payload.protocol,
    "wm-received": received.toISOString().replace(/\.\d+Z$/, "Z"),
  };
  const draft = draftOfMention(mention, { resolve: () => payload.slug });
  if (typeof draft === "string") throw new Error(`A checked pair gave no record: ${draft}`);
  const site = payload.trackback === undefined ? "" : cleanLine(payload.trackback.site, 100);
  const record: PostResponse = {
    ...draft.record,
    "wm-protocol": payload.protocol,
    ...(payload.trackback === undefined
      ? {}
      : { author: { type: "card", name: site || hostOf(payload.source) || "?" }, site: site || undefined }),
  };
  return { record: storable(record), photo: draft.photoUrl };
}

/** Drops the sender's dates if the record would be invalid with them. */
function storable(record: PostResponse): PostResponse {
  if (responseSchema.safeParse(record).success) return record;
  return responseSchema.parse({ ...record, published: undefined, updated: undefined });
}

function describedByTrackback(trackback: NonNullable<VerifyPayload["trackback"]>) {
  const { title, excerpt } = trackback;
  return { name: title, content: { text: excerpt }, "wm-property": "mention-of" };
}

async function describedByPage(
  { target, source }: VerifyPayload,
  response: GuardedResponse,
  client: GuardedClient,
): Promise<Readonly<Record<string, unknown>>> {
  if (!isHtml(response.mediaType)) return { "wm-property": "mention-of" };
  const html = response.text();
  const fetchPage = async (url: string) => {
    try {
      const page = await client.fetch(url, { wants: isHtml, whenTooLarge: "truncate" });
      return page.status === 200 && !page.isSkipped ? page.text() : null;
    } catch (error) {
      if (error instanceof FetchError) return null;
      throw error;
    }
  };
  const entry = await readEntry(html, response.url, fetchPage);
  return entry === null ? { name: titleOf(parseHtml(html)) ?? "" } : describedByEntry(entry, target, source);
}

function describedByEntry(entry: Mf2Entry, target: string, source: string) {
  const kind = kindOf(entry.properties, [target]);
  return {
    author: {
      name: entry.author?.name ?? "",
      url: entry.author?.url ?? "",
      photo: entry.author?.photo ?? "",
    },
    // Ignore a URL on another host than the source's.
    url: hostOf(entry.url) === hostOf(source) ? entry.url : source,
    name: entry.title ?? "",
    content: entry.content ?? "",
    summary: entry.summary ?? "",
    published: entry.published ?? "",
    updated: entry.updated ?? "",
    rsvp: rsvpOf(entry.properties) ?? "",
    "in-reply-to": entry.properties["in-reply-to"] ?? [],
    "wm-property": kind,
  };
}
