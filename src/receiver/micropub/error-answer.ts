import { jsonError } from "../auth/bearer.ts";
import { ConflictError, ContentStoreError } from "../content/content-store.ts";
import type { ReceiverContext } from "../context.ts";
import type { ReceiverRequest } from "../http.ts";
import { MicropubError } from "./micropub-error.ts";

/** Runs the handler of a Micropub request and converts errors to responses of the specification. */
export async function answered(
  c: ReceiverRequest,
  context: ReceiverContext,
  action: () => Promise<Response>,
): Promise<Response> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof MicropubError) {
      if (error.status === 429) c.header("retry-after", "600");
      return jsonError(c, error.status, error.code, error.message);
    }
    if (error instanceof ConflictError || error instanceof ContentStoreError) {
      // `JSON.stringify` escapes control characters.
      context.log(`Micropub: ${error.name}: ${JSON.stringify(error.message).slice(0, 500)}`);
      const message = "The posts can't be read or written at the moment; the receiver's log says why";
      c.header("retry-after", "60");
      return jsonError(c, 503, "temporarily_unavailable", message);
    }
    throw error;
  }
}
