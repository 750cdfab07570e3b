import type { Endpoint } from "./discover.ts";
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import { sendPingback } from "./send-pingback.ts";
import type { SendResult } from "./send-result.ts";
import { resultOfFetchError } from "./send-result.ts";
import { sendTrackback } from "./send-trackback.ts";
import { sendWebmention } from "./send-webmention.ts";

/** Content of a notification. */
export interface Notice {
  /** URL of the post. */
  readonly source: string;
  /** URL as spelled in the post. */
  readonly target: string;
  /** For trackbacks, which include the text to display. */
  readonly title: string;
  readonly excerpt: string;
  readonly blogName: string;
}

/** Sends one notification with the discovered protocol; a failed request is a result, not an exception. */
export async function sendNotice(
  { protocol, endpoint }: Endpoint,
  notice: Notice,
  client: GuardedClient,
): Promise<SendResult> {
  const { source, target } = notice;
  try {
    if (protocol === "webmention") return await sendWebmention(endpoint, source, target, client);
    if (protocol === "pingback") return await sendPingback(endpoint, source, target, client);
    return await sendTrackback(endpoint, { ...notice, url: source }, client);
  } catch (error) {
    if (error instanceof FetchError) return resultOfFetchError(error);
    throw error;
  }
}
