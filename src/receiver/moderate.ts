/** Changes the status of stored responses, by the operator or by their authors. */
import { tombstoneOf, withDecision } from "../lib/responses/moderation.ts";
import type { ResponseStatus } from "../lib/responses/model.ts";
import type { ReceiverContext } from "./context.ts";
import { announceStatements } from "./hooks.ts";
import { metricStatement } from "./store/counters.ts";
import { responseById, statusStatements, type StoredResponse } from "./store/responses.ts";

/** Sets the status of a response. @returns false when it doesn't exist or was deleted. */
export async function moderate(
  context: ReceiverContext,
  id: number,
  status: ResponseStatus,
): Promise<boolean> {
  const response = await responseById(context.database, id);
  if (response === null || response.status === "deleted") return false;
  return response.status === status || (await change(context, response, status, "moderator"));
}

/** Deletes a response at the request of its author. */
export async function withdraw(context: ReceiverContext, response: StoredResponse): Promise<void> {
  if (response.status !== "deleted") await change(context, response, "deleted", "source");
}

async function change(
  context: ReceiverContext,
  response: StoredResponse,
  status: ResponseStatus,
  by: "moderator" | "source",
): Promise<boolean> {
  const { database, now, wake } = context;
  const record =
    status === "deleted" ? tombstoneOf(response.record, by) : withDecision(response.record, status);
  const announced = { slug: response.slug, record, photo: response.photo };
  const [changed = []] = await database.batch([
    ...statusStatements(response, status, record, now()),
    ...(status === "approved" ? announceStatements(context, announced, "published", null) : []),
    ...(status !== "approved" && response.status === "approved"
      ? announceStatements(context, announced, "deleted", null)
      : []),
    metricStatement(`moderated_${status}`),
  ]);
  wake();
  return changed.length > 0;
}
