/** Health and metrics for the operator. */
import type { Hono } from "hono";
import type { ReceiverContext } from "../context.ts";
import type { ReceiverEnv } from "../http.ts";
import { isOperator } from "../operator.ts";
import { metricValues } from "../store/counters.ts";
import { numberIn } from "../store/database.ts";
import { queueLength } from "../store/jobs.ts";
import { countByStatus } from "../store/responses.ts";

/** If the oldest job is overdue by more than this, the queue isn't being processed. */
const STALLED_MS = 15 * 60_000;

/** Adds `/health` (public) and `/metrics` (for the operator, in the Prometheus text format). */
export function addOperation(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { database, now } = context;

  app.get("/health", async (c) => {
    c.header("cache-control", "no-store");
    const [row] = await database.all("SELECT MIN(due) AS due FROM job WHERE leased_until <= ?", now());
    const due = numberIn(row, "due");
    const isStalled = due > 0 && now() - due > STALLED_MS;
    const queue = await queueLength(database);
    return c.json({ status: isStalled ? "stalled" : "ok", queue }, isStalled ? 503 : 200);
  });

  app.get("/metrics", async (c) => {
    if (!(await isOperator(c, context)))
      return c.text("Unauthorized\n", 401, { "www-authenticate": "Bearer" });
    const lines = [
      "# HELP backfence_receiver_queue_jobs Jobs that wait or run.",
      "# TYPE backfence_receiver_queue_jobs gauge",
      `backfence_receiver_queue_jobs ${await queueLength(database)}`,
      "# HELP backfence_receiver_responses Stored responses by status.",
      "# TYPE backfence_receiver_responses gauge",
      ...[...(await countByStatus(database))].map(
        ([status, count]) => `backfence_receiver_responses{status="${status}"} ${count}`,
      ),
      "# HELP backfence_receiver_events_total What has happened since the database was made.",
      "# TYPE backfence_receiver_events_total counter",
      ...[...(await metricValues(database))].map(
        ([name, count]) => `backfence_receiver_events_total{event="${name}"} ${count}`,
      ),
    ];
    return c.text(`${lines.join("\n")}\n`, 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    });
  });
}
