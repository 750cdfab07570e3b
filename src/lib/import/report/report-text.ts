/** The report of an import for the terminal. */
import { FORMAT_NAMES } from "../detect.ts";
import type { ImportResult } from "../import-options.ts";
import { isAboutPictures } from "../import-result.ts";
import { counted } from "./counted.ts";
import { groupedDoubts } from "./grouped-doubts.ts";
import { FATES, RECORD_KINDS } from "../ledger.ts";

const FATE_NAMES = {
  written: "written",
  kept: "kept",
  private: "private",
  spam: "spam",
  raw: "raw",
  ignored: "left out",
} as const;
const BAR_WIDTH = 30;
const MOST_LINES = 12;
const MOST_NOTES = 2;

/** The report as plain text, for a terminal at least 80 columns wide. */
export function reportText(result: ImportResult, isDryRun: boolean): string {
  const { counts, files } = result;
  const parts = [
    `${result.title} (${FORMAT_NAMES[result.format]})`,
    ledgerTable(result),
    yearChart(result),
    [
      [
        counted(counts.posts, "post"),
        ...(counts.notes === 0 ? [] : [counted(counts.notes, "note")]),
        ...[
          counted(counts.pages, "page"),
          counted(counts.drafts, "draft"),
          counted(counts.responses, "response"),
        ],
      ].join(", "),
      `${counted(counts.aliases, "old address leads", "old addresses lead")} to them; ${counted(counts.links, "link")}, ${counted(counts.embeds, "video or frame", "videos and frames")}`,
      picturesLine(counts),
      `email and IP addresses: ${counts.maskedAddresses} in the export, none in the written files`,
    ].join("\n"),
    section(
      "Left out",
      result.ignored.map(({ reason, count }) => `${count} × ${reason}`),
    ),
    section("Worth a look", [
      ...groupedDoubts(result.doubts).map(({ message, places }) =>
        places.length === 1 ? `${places[0]}: ${message}` : `${places.length} × ${message}`,
      ),
      ...result.texts.flatMap(({ file, notes }) => {
        const others = notes.filter((note) => !isAboutPictures(note));
        return others.length === 0 ? [] : [`${file}: ${firstOf(others)}`];
      }),
    ]),
    section("Kept, because they were edited", files.kept),
    section("Kept from earlier imports, because this export lacks them", earlierLines(result)),
    isDryRun
      ? `Nothing was written (--dry-run). It would write ${files.written} files.`
      : `Files written ${files.written}, unchanged ${files.unchanged}, removed ${files.removed}.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The terminal shows only a few notes on each text; the HTML report has all of them. */
function firstOf(notes: readonly string[]): string {
  const more = notes.length > MOST_NOTES ? [`and ${notes.length - MOST_NOTES} more`] : [];
  return [...notes.slice(0, MOST_NOTES), ...more].join("; ");
}

/** Totals for pictures; the HTML report lists them for each text. */
function picturesLine({ pictures, remotePictures, undescribedPictures }: ImportResult["counts"]): string {
  return [
    counted(pictures, "picture"),
    ...(remotePictures === 0
      ? []
      : [
          `${remotePictures} as ${remotePictures === 1 ? "a link, because its file is" : "links, because their files are"} missing`,
        ]),
    ...(undescribedPictures === 0 ? [] : [`${undescribedPictures} without a description`]),
  ].join(", ");
}

/** Content of earlier imports that this export lacks: file names of texts, number of responses. */
export function earlierLines({ files, counts }: ImportResult): string[] {
  const texts = files.earlier.filter((name) => /^(?:posts|notes|pages)\/.*\.md$/.test(name));
  const { earlierResponses } = counts;
  const responses = earlierResponses === 0 ? [] : [counted(earlierResponses, "response")];
  return [...texts, ...responses];
}

/** Table of record kinds and their fates. */
function ledgerTable({ ledger }: ImportResult): string {
  const kinds = RECORD_KINDS.filter((kind) => ledger[kind].read > 0);
  const head = ["", "read", ...FATES.map((fate) => FATE_NAMES[fate])];
  const rows = kinds.map((kind) => [
    kind,
    String(ledger[kind].read),
    ...FATES.map((fate) => String(ledger[kind][fate])),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

function yearChart({ years }: ImportResult): string {
  const most = Math.max(1, ...years.map(({ posts }) => posts));
  return years
    .map(({ year, posts, responses }) => {
      const bar = "█".repeat(Math.round((posts / most) * BAR_WIDTH)).padEnd(BAR_WIDTH);
      return `${year}  ${bar}  ${counted(posts, "post")}, ${counted(responses, "response")}`;
    })
    .join("\n");
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`);
  const more =
    lines.length > MOST_LINES
      ? [`  and ${lines.length - MOST_LINES} more: --report FILE shows all of them`]
      : [];
  return [title, ...shown, ...more].join("\n");
}
