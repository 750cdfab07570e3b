/** Writes an archive to the author's folder and sets the fate of every record. */
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveAttachment } from "../archive.ts";
import { isPictureAddress } from "../html/pictures.ts";
import type { ImportFormat } from "../detect.ts";
import type { ExistingSettings } from "../existing-content.ts";
import type { ImportProgress } from "../import-options.ts";
import { isPublished, isWritten } from "../import-plan.ts";
import type { ImportPlan } from "../import-plan.ts";
import type { RecordId } from "../ledger.ts";
import type { PictureLibrary } from "../picture-library.ts";
import { SHOWN_PICTURES, shownPictures } from "../shown-pictures.ts";
import { listKey, pageKeys, withoutSize } from "./body.ts";
import type { BodyTools } from "./body.ts";
import { linkPlaces } from "./link-places.ts";
import { writeEntry } from "./entries.ts";
import type { EntryOutcome } from "./entries.ts";
import { yamlText } from "./front-matter.ts";
import type { OutputFolder } from "./output-folder.ts";
import { oldLists, settingsToAdd, siteSettings } from "./site-settings.ts";
import { writeConversations } from "./conversations.ts";

export interface WriteJob {
  readonly builder: ArchiveBuilder;
  readonly plan: ImportPlan;
  readonly output: OutputFolder;
  readonly format: ImportFormat;
  readonly pictures: PictureLibrary;
  /** The blog's settings before the import; null if it had none. */
  readonly settings: ExistingSettings | null;
  /** Old addresses and files of pictures of entries that the export lacks. */
  readonly earlierPictures: readonly (readonly [address: string, place: string])[];
  readonly onProgress: ((progress: ImportProgress) => void) | undefined;
}

export interface WrittenArchive {
  readonly entries: readonly EntryOutcome[];
  /** Timestamps of the responses that were written. */
  readonly responseDates: readonly string[];
  /** Number of responses of earlier imports that stay because the export lacks them. */
  readonly earlierResponses: number;
  readonly brokenPictures: readonly string[];
}

/** Tools for writing texts. @param format determines the old paths of lists; if left out, links to them are dropped. */
export function bodyTools(
  builder: ArchiveBuilder,
  plan: ImportPlan,
  pictures: PictureLibrary,
  format?: ImportFormat,
): BodyTools {
  const { attachments } = builder.archive;
  return {
    places: linkPlaces(builder, plan),
    builder,
    lists: new Map(
      format === undefined
        ? []
        : oldLists(builder.archive, plan, format).map(([from, to]) => [listKey(from), to]),
    ),
    plan,
    pictures,
    attachments: new Map(attachments.map((attachment) => [attachment.id, attachment])),
    attachmentsByUrl: new Map(attachments.map((attachment) => [withoutSize(attachment.url), attachment])),
    attachmentsByPage: new Map(
      attachments.flatMap((attachment) =>
        pageKeys(attachment).map((key): [string, ArchiveAttachment] => [key, attachment]),
      ),
    ),
    uploads: uploadsOf(attachments),
  };
}

/** Pictures by the id of the entry that they were uploaded to, in order. */
export function uploadsOf(
  attachments: readonly ArchiveAttachment[],
): ReadonlyMap<string, readonly ArchiveAttachment[]> {
  const pictures = attachments.filter(({ url }) => isPictureAddress(url));
  const inOrder = pictures.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0) || Number(a.id) - Number(b.id));
  return Map.groupBy(inOrder, ({ entry }) => entry ?? "");
}

export function writeArchive(job: WriteJob): WrittenArchive {
  const { builder, plan, output, format, settings } = job;
  const { archive, secrets } = builder;
  output.rememberPlaces(plan.places);
  const tools = bodyTools(builder, plan, job.pictures, format);
  const entries: EntryOutcome[] = [];
  for (const [done, planned] of plan.entries.entries()) {
    if (done % 100 === 0) job.onProgress?.({ step: "writing posts", done, of: plan.entries.length });
    const { entry } = planned;
    if (!isWritten(entry)) {
      builder.ledger.settleAll([entry.record, ...entry.parts, ...(entry.stored ?? [])], "private");
      continue;
    }
    const outcome = writeEntry(planned, tools, output);
    entries.push(outcome);
    builder.ledger.settleAll(entry.stored ?? [], "raw");
    const isShown = isPublished(entry, planned.date);
    builder.ledger.settleAll([entry.record, ...entry.parts], isShown ? "written" : "kept");
  }
  const { dates: responseDates, earlier: earlierResponses } = writeConversations(job);
  writeAuthors(job);
  writeSeries(job);
  settleTerms(job);
  settleAttachments(archive.attachments, tools, builder);
  if (settings?.isOwn === true) {
    const added = settingsToAdd(archive, plan, format, settings);
    if (added !== null) output.write("_import/site-additions.yaml", secrets.mask(added));
  } else output.write("site.yaml", secrets.mask(siteSettings(archive, plan, format, settings)));
  const shown = shownPictures(entries, job.pictures, secrets, job.earlierPictures);
  if (shown !== null) output.write(SHOWN_PICTURES, shown);
  return { entries, responseDates, earlierResponses, brokenPictures: [...tools.pictures.broken].sort() };
}

function writeAuthors({ builder, plan, output }: WriteJob): void {
  const { ledger, secrets } = builder;
  for (const author of plan.authors.all) {
    for (const { record } of author.sources) {
      if (author.isUsed) ledger.settle(record, "written");
      else ledger.settle(record, "ignored", "no text that is written names the author");
    }
    if (!author.isUsed) continue;
    const url = author.url !== null && /^https?:/.test(author.url) ? author.url : null;
    const links = url === null ? [] : [{ label: "Website", url }];
    const name = secrets.mask(author.name).trim() || author.id;
    output.write(`authors/${author.id}.yaml`, secrets.mask(yamlText({ name, links })));
  }
}

function writeSeries({ builder, plan, output }: WriteJob): void {
  const titles = new Map([...plan.series].map(([name, id]) => [id, name]));
  for (const [id, title] of titles)
    output.write(`series/${id}.yaml`, builder.secrets.mask(yamlText({ title })));
}

function settleTerms({ builder, plan }: WriteJob): void {
  const written = plan.entries.filter(({ slug }) => slug !== null).map(({ entry }) => entry);
  const used = new Set(written.flatMap(({ tags, series }) => (series === null ? tags : [...tags, series])));
  for (const { record, name, kind } of builder.archive.terms) {
    if (kind === "other") builder.ledger.settle(record, "ignored", "a term of the theme or of a plug-in");
    else if (used.has(name)) builder.ledger.settle(record, "written");
    else builder.ledger.settle(record, "ignored", "no text that is written has it");
  }
}

function settleAttachments(
  attachments: readonly ArchiveAttachment[],
  { pictures }: BodyTools,
  { ledger }: ArchiveBuilder,
): void {
  for (const { record, parts, url } of attachments) {
    const records: RecordId[] = [record, ...parts];
    if (pictures.wasUsed(url)) ledger.settleAll(records, "written");
    else {
      const reason = pictures.has(url)
        ? "no text that is written shows it"
        : "the file is missing (--images)";
      for (const one of records) if (!ledger.isSettled(one)) ledger.settle(one, "ignored", reason);
    }
  }
}
