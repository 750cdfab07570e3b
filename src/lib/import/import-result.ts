import type { ArchiveBuilder } from "./archive-builder.ts";
import type { ImportFormat } from "./detect.ts";
import type { ImportResult, ReportedText } from "./import-options.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { EntryOutcome } from "./write/entries.ts";
import type { OutputSummary } from "./write/output-folder.ts";
import type { WrittenArchive } from "./write/write-archive.ts";

/** Result of an import, with personal addresses masked. */
export function resultOf(
  format: ImportFormat,
  builder: ArchiveBuilder,
  plan: ImportPlan,
  { entries, responseDates, earlierResponses, brokenPictures }: WrittenArchive,
  files: OutputSummary,
): ImportResult {
  const mask = (text: string): string => builder.secrets.mask(text);
  const sum = (count: (entry: EntryOutcome) => number): number =>
    entries.reduce((total, entry) => total + count(entry), 0);
  const posts = entries.filter(({ file }) => file.startsWith("posts/"));
  const notes = entries.filter(({ file }) => file.startsWith("notes/"));
  return {
    format,
    title: mask(builder.archive.site.title ?? "My blog"),
    oldUrl: builder.archive.site.url,
    ledger: builder.ledger.close(),
    ignored: builder.ledger.reasons(),
    files,
    years: yearsOf([...posts, ...notes], responseDates),
    texts: entries.flatMap(notesOf),
    doubts: builder.doubts.map(({ where, message }) => ({ where: mask(where), message: mask(message) })),
    counts: {
      posts: posts.filter(({ isPublished }) => isPublished).length,
      notes: notes.filter(({ isPublished }) => isPublished).length,
      pages: entries.filter(({ file, isPublished }) => file.startsWith("pages/") && isPublished).length,
      drafts: entries.filter(({ isPublished }) => !isPublished).length,
      responses: responseDates.length,
      earlierResponses,
      aliases: plan.entries.reduce((total, { aliases }) => total + aliases.length, 0),
      links: sum(({ counts }) => counts.links),
      pictures: sum(({ counts }) => counts.pictures),
      remotePictures: sum(({ counts }) => counts.remotePictures),
      undescribedPictures: sum(({ counts }) => counts.undescribed),
      brokenPictures,
      embeds: sum(({ counts }) => counts.embeds),
      maskedAddresses: builder.secrets.count,
    },
  };
}

function notesOf({ title, file, losses, remarks, counts }: EntryOutcome): ReportedText[] {
  const { remotePictures, undescribed } = counts;
  const notes = [
    ...losses.map((loss) => `left out: ${loss}`),
    ...remarks,
    ...(remotePictures > 0
      ? [
          `${remotePictures} ${remotePictures === 1 ? "picture is a link, because its file is" : "pictures are links, because their files are"} missing`,
        ]
      : []),
    ...(undescribed > 0
      ? [`${undescribed} ${undescribed === 1 ? "picture has" : "pictures have"} no description`]
      : []),
  ];
  return notes.length === 0 ? [] : [{ title, file, notes }];
}

/** Whether a note on a text is about the number of its pictures. */
export function isAboutPictures(note: string): boolean {
  return /^\d+ pictures? /.test(note);
}

function yearsOf(posts: readonly EntryOutcome[], responseDates: readonly string[]): ImportResult["years"] {
  const years = new Map<number, { posts: number; responses: number }>();
  const at = (year: number): { posts: number; responses: number } => {
    const count = years.get(year) ?? { posts: 0, responses: 0 };
    years.set(year, count);
    return count;
  };
  for (const { year, isPublished } of posts) if (year !== null && isPublished) at(year).posts += 1;
  for (const date of responseDates) at(Number(date.slice(0, 4))).responses += 1;
  return [...years].map(([year, counts]) => ({ year, ...counts })).sort((a, b) => a.year - b.year);
}
