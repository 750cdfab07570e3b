import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveResponse } from "../archive.ts";
import { isWritten } from "../import-plan.ts";
import { responseKey } from "../../responses/order.ts";
import { serialiseResponses } from "../../responses/store.ts";
import { responseRecords } from "./responses.ts";
import type { WrittenResponse } from "./responses.ts";
import { responsesByEntry } from "./write-archive.ts";
import type { WriteJob } from "./write-archive.ts";

/** Writes the responses of all entries. @returns the instants of those that were written. */
export function writeConversations({ builder, plan, output, onProgress }: WriteJob): string[] {
  const { archive } = builder;
  const dates: string[] = [];
  let done = 0;
  for (const [id, responses] of responsesByEntry(archive.responses)) {
    if (done % 100 === 0) onProgress?.({ step: "writing responses", done, of: archive.responses.length });
    done += responses.length;
    const planned = plan.byId.get(id);
    if (planned === undefined) {
      ignoreAll(
        responses,
        id.startsWith("attachment ") ? "it belongs to a picture" : "its post isn't in the export",
        builder,
      );
      continue;
    }
    const { entry, slug } = planned;
    if (slug === null || !isWritten(entry)) {
      for (const { record, parts } of responses) builder.ledger.settleAll([record, ...parts], "private");
      continue;
    }
    const kept = responses.filter((response) => response.state !== "trashed");
    ignoreAll(
      responses.filter((response) => response.state === "trashed"),
      "it was deleted on the old blog",
      builder,
    );
    const written = responseRecords({ title: entry.title, path: planned.path }, kept, plan, builder);
    const unique = withoutTwins(written);
    // Each field was masked by itself; a mask within JSON could end in the middle of an escape.
    const text = serialiseResponses(unique.map(({ record }) => record));
    if (entry.kind === "page") {
      // Pages have no conversation here, so what was said on them is stored beside the blog.
      for (const { source } of unique) builder.ledger.settleAll([source.record, ...source.parts], "raw");
      settle(kept, written, [], false, builder);
      if (unique.length > 0) output.write(`_import/page-responses/${slug}.json`, text);
      continue;
    }
    settle(kept, written, unique, entry.state === "public", builder);
    dates.push(...unique.map(({ record }) => record.published ?? record["wm-received"]));
    if (unique.length === 0) continue;
    output.write(`responses/${slug}.json`, text);
  }
  return dates;
}

function settle(
  kept: readonly ArchiveResponse[],
  written: readonly WrittenResponse[],
  unique: readonly WrittenResponse[],
  isPublic: boolean,
  { ledger }: ArchiveBuilder,
): void {
  for (const { source, record } of unique) {
    const fate =
      record.status === "spam" ? "spam" : record.status === "approved" && isPublic ? "written" : "kept";
    ledger.settleAll([source.record, ...source.parts], fate);
  }
  const storable = new Set(written.map(({ source }) => source));
  for (const source of kept) {
    if (ledger.isSettled(source.record)) continue;
    const reason = storable.has(source) ? "the same ping came twice" : "it says nothing";
    for (const record of [source.record, ...source.parts])
      if (!ledger.isSettled(record)) ledger.settle(record, "ignored", reason);
  }
}

/** One record for each protocol, source and target: the last of several pings stands for all. */
function withoutTwins(written: readonly WrittenResponse[]): WrittenResponse[] {
  return [...new Map(written.map((one) => [responseKey(one.record), one])).values()];
}

function ignoreAll(responses: readonly ArchiveResponse[], reason: string, { ledger }: ArchiveBuilder): void {
  for (const { record, parts } of responses) {
    for (const one of [record, ...parts]) if (!ledger.isSettled(one)) ledger.settle(one, "ignored", reason);
  }
}
