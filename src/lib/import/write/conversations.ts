import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveResponse } from "../archive.ts";
import { isWritten } from "../import-plan.ts";
import type { PlannedEntry } from "../import-plan.ts";
import type { RecordId } from "../ledger.ts";
import type { PostResponse } from "../../responses/model.ts";
import { compareTimed, responseKey, timeOf } from "../../responses/order.ts";
import type { Arrival, TimedResponse } from "../../responses/order.ts";
import { responsePieces, serializeResponse } from "../../responses/store.ts";
import type { StoredText } from "../../text-spool.ts";
import { readEarlierResponses } from "./earlier-responses.ts";
import { isMadeId, responseIds, responseRecords } from "./responses.ts";
import type { WriteJob } from "./write-archive.ts";

export interface WrittenConversations {
  /** Timestamps of the export's responses that were written. */
  readonly dates: readonly string[];
  /** Number of responses of earlier imports that the export lacks. */
  readonly earlier: number;
}

/** Writes the responses of all entries. */
export function writeConversations(job: WriteJob): WrittenConversations {
  const { builder, plan, onProgress } = job;
  const { responses: all } = builder.archive;
  const byEntry = Map.groupBy(all, ({ entry }) => entry);
  const dates: string[] = [];
  let earlier = 0;
  let done = 0;
  for (const [id, responses] of byEntry) {
    if (done % 100 === 0) onProgress?.({ step: "writing responses", done, of: all.length });
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
    if (!isWritten(planned.entry)) {
      for (const { record, parts } of responses) builder.ledger.settleAll([record, ...parts], "private");
      continue;
    }
    const written = writeOne(planned, responses, job);
    for (const date of written.dates) dates.push(date);
    earlier += written.earlier;
  }
  for (const planned of plan.entries)
    if (planned.earlierPlace !== null && isWritten(planned.entry) && !byEntry.has(planned.entry.id))
      earlier += writeOne(planned, [], job).earlier;
  return { dates, earlier };
}

/** A record whose text is on disk, with the values needed to sort and count it. */
interface StoredResponse extends TimedResponse<Arrival> {
  readonly text: StoredText;
  readonly name: string;
  readonly status: PostResponse["status"];
  /** The response in the export; null for a response from an earlier import. */
  readonly source: ArchiveResponse | null;
}

function writeOne(
  planned: PlannedEntry,
  responses: readonly ArchiveResponse[],
  job: WriteJob,
): WrittenConversations {
  const { builder, plan, output } = job;
  const { entry, slug, path } = planned;
  const kept = responses.filter((response) => response.state !== "trashed");
  ignoreAll(
    responses.filter((response) => response.state === "trashed"),
    "it was deleted on the old blog",
    builder,
  );
  // One record per protocol, source and target: the last of several pings replaces the others.
  const byKey = new Map<string, StoredResponse>();
  const storable = new Set<RecordId>();
  for (const { source, record } of responseRecords({ title: entry.title, path }, kept, plan, builder)) {
    storable.add(source.record);
    byKey.set(responseKey(record), stored(record, source, builder));
  }
  // Pages have no conversation in Backfence, so their responses are stored outside the blog's content.
  const name = `${entry.kind === "page" ? "_import/page-responses" : "responses"}/${slug ?? ""}.json`;
  const own = [...byKey.values()].sort(compareTimed);
  const before = earlierName(planned);
  const earlier =
    before === null || (before === name && output.has(name, piecesOf(own, builder)))
      ? []
      : [...lackingResponses(before, responses, own, job)];
  settle(planned, kept, own, storable, builder);
  const all = earlier.length === 0 ? own : [...own, ...earlier].sort(compareTimed);
  if (all.length > 0) output.writePieces(name, () => piecesOf(all, builder));
  const dates = own.map(({ record }) => record.published ?? record["wm-received"]);
  return { dates: entry.kind === "page" ? [] : dates, earlier: earlier.length };
}

function stored(
  record: PostResponse,
  source: ArchiveResponse | null,
  builder: ArchiveBuilder,
): StoredResponse {
  const { published, status } = record;
  return {
    record: {
      ...(published === undefined ? {} : { published }),
      "wm-received": record["wm-received"],
      "wm-id": record["wm-id"],
    },
    time: timeOf(record),
    // Each field was masked before; masking the JSON could cut an escape sequence.
    text: builder.store(serializeResponse(record)),
    name: record.author.name,
    status,
    source,
  };
}

/** The text of a conversation file. @param responses oldest first. */
function* piecesOf(responses: readonly StoredResponse[], builder: ArchiveBuilder): Generator<string> {
  if (responses.length === 0) return;
  const texts = function* (): Generator<string> {
    for (const { text } of responses) yield builder.load(text);
  };
  yield* responsePieces(texts());
}

/** The file in which an earlier import stored the responses of an entry. */
function earlierName({ earlierPlace }: PlannedEntry): string | null {
  if (earlierPlace === null) return null;
  const [folder = "", slug = ""] = earlierPlace.split("/");
  return `${folder === "pages" ? "_import/page-responses" : "responses"}/${slug}.json`;
}

/** Responses of an earlier import that the export lacks; none if the file was edited since, so it stays unchanged. */
function* lackingResponses(
  name: string,
  responses: readonly ArchiveResponse[],
  own: readonly StoredResponse[],
  { builder, output }: WriteJob,
): Generator<StoredResponse> {
  const file = output.untouched(name);
  if (file === null) return;
  const ids = new Set([
    ...responseIds(responses, builder),
    ...own.map(({ record }) => String(record["wm-id"])),
  ]);
  const moments = new Set(
    own
      .filter(({ record }) => isMadeId(record["wm-id"]))
      .map(({ record, name: author }) => momentOf(record, author)),
  );
  for (const record of readEarlierResponses(file)) {
    const id = String(record["wm-id"]);
    // Without an id from the old platform, a response whose text changed has a different id.
    const isChanged = isMadeId(id) && moments.has(momentOf(record, record.author.name));
    if (!ids.has(id) && !isChanged) yield stored(record, null, builder);
  }
}

function momentOf({ published }: Arrival, author: string): string {
  return `${published ?? ""} ${author}`;
}

function settle(
  { entry }: PlannedEntry,
  kept: readonly ArchiveResponse[],
  own: readonly StoredResponse[],
  storable: ReadonlySet<RecordId>,
  { ledger }: ArchiveBuilder,
): void {
  for (const { source, status } of own) {
    if (source === null) continue;
    const fate =
      entry.kind === "page"
        ? "raw"
        : status === "spam"
          ? "spam"
          : status === "approved" && entry.state === "public"
            ? "written"
            : "kept";
    ledger.settleAll([source.record, ...source.parts], fate);
  }
  for (const source of kept) {
    if (ledger.isSettled(source.record)) continue;
    const reason = storable.has(source.record) ? "the same response came twice" : "it says nothing";
    for (const record of [source.record, ...source.parts])
      if (!ledger.isSettled(record)) ledger.settle(record, "ignored", reason);
  }
}

function ignoreAll(responses: readonly ArchiveResponse[], reason: string, { ledger }: ArchiveBuilder): void {
  for (const { record, parts } of responses) {
    for (const one of [record, ...parts]) if (!ledger.isSettled(one)) ledger.settle(one, "ignored", reason);
  }
}
