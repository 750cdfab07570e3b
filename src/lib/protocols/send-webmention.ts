import type { GuardedClient } from "./guarded-fetch.ts";
import type { SendResult } from "./send-result.ts";
import { firstLine, resultOfStatus } from "./send-result.ts";

/**
 * Notifies a webmention endpoint that `source` links to `target`, no longer links to it, or has changed. Any 2xx is a
 * success; the endpoint's query is kept. https://www.w3.org/TR/webmention/#sender-notifies-receiver
 *
 * @param target the URL as spelled in the source, not the one that it redirects to.
 * @throws FetchError
 */
export async function sendWebmention(
  endpoint: string,
  source: string,
  target: string,
  client: GuardedClient,
): Promise<SendResult> {
  const response = await client.fetch(endpoint, {
    method: "POST",
    accept: "text/plain, application/json;q=0.9, */*;q=0.5",
    body: {
      type: "application/x-www-form-urlencoded",
      content: new URLSearchParams({ source, target }).toString(),
    },
    wants: (mediaType) => mediaType?.startsWith("text/plain") ?? false,
    whenTooLarge: "truncate",
    maxBytes: 8 * 1024,
  });
  const { status } = response;
  const location = response.header("location");
  const said = firstLine(response.text());
  const note = status === 201 && location !== null ? `status at ${firstLine(location)}` : said;
  const message = note === "" ? `HTTP ${status}` : `HTTP ${status}: ${note}`;
  if (status >= 200 && status < 300) return { outcome: "accepted", status, message };
  return resultOfStatus(status, message);
}
