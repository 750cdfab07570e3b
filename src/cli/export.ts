/** `backfence export`: exports the whole blog in a format that other software reads. */
import path from "node:path";
import type { Series } from "../lib/content/model.ts";
import { exportActivityStreams } from "../lib/export/activitystreams.ts";
import { writeEpub } from "../lib/export/epub/epub.ts";
import { exportJf2 } from "../lib/export/jf2.ts";
import { readBlogForExport } from "../lib/export/read-blog.ts";
import type { ExportedBlog } from "../lib/export/read-blog.ts";
import { writeInPieces } from "../lib/export/whole-file.ts";
import { exportWxr } from "../lib/export/wxr.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { writeFileAtomic } from "../lib/responses/store.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { UsageError, type CommandContext } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

const TEXTS: Readonly<Record<string, (blog: ExportedBlog) => Iterable<string>>> = {
  jf2: exportJf2,
  wxr: exportWxr,
  activitystreams: (blog) => [exportActivityStreams(blog)],
};
const FORMATS = [...Object.keys(TEXTS), "markdown", "epub"];

export const command = defineCommand(
  {
    usage: "export --format <format> [options]",
    description:
      "Exports the blog with its conversations: as JF2 or WordPress XML (both can be restored exactly), as an ActivityStreams collection of the published posts, as a folder of Markdown, or as a book (EPUB 3). JF2 and WXR also contain drafts and unapproved responses: don't publish them.",
    positionals: { min: 0, max: 0 },
    options: {
      format: { type: "string", value: "FORMAT", description: FORMATS.join(", ") },
      out: {
        type: "string",
        value: "FILE",
        description: "output file, or folder for markdown; default: standard output",
      },
      series: { type: "string", value: "ID", description: "one series as a book (epub only)" },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["export --format wxr --out blog.xml", "a file that WordPress imports"],
      ["export --format markdown --out copy", "a copy of the content in another folder"],
      ["export --format epub --series coming-home --out coming-home.epub", "a series as a book"],
    ],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values }, context) => {
    const { format = "", out, series } = values;
    if (!FORMATS.includes(format)) throw new UsageError(`--format is one of ${FORMATS.join(", ")}`);
    if (series !== undefined && format !== "epub") throw new UsageError("--series is for --format epub");
    if (out === undefined && format === "markdown")
      throw new UsageError("Name a folder for the files: --out copy");
    if (out === undefined && format === "epub")
      throw new UsageError("Name a file for the book: --out blog.epub");
    const exported = await readBlogForExport(foldersOf(values, context, "export"), context.now());
    for (const file of exported.incomplete)
      context.err(`${file}: its own components are left out; only a build can render them\n`);
    const target = out === undefined ? null : path.resolve(context.root, out);
    const pieces = TEXTS[format]?.(exported);
    if (pieces !== undefined) await writePieces(pieces, target, exported, context);
    else if (target !== null && format === "epub") await writeBook(exported, target, series, context);
    else if (target !== null) {
      for (const { name, bytes } of exported.files) writeFileAtomic(path.join(target, name), bytes);
      context.out(`Files written ${exported.files.length}.\n`);
    }
    return exitCodes.ok;
  },
);

async function writePieces(
  pieces: Iterable<string>,
  target: string | null,
  { blog, files }: ExportedBlog,
  context: CommandContext,
): Promise<void> {
  if (target === null) {
    for (const piece of pieces) context.out(piece);
    return;
  }
  await writeInPieces(target, (write) => {
    for (const piece of pieces) write(piece);
  });
  context.out(`Posts written ${blog.posts.length}, files ${files.length}.\n`);
}

async function writeBook(
  exported: ExportedBlog,
  target: string,
  seriesId: string | undefined,
  context: CommandContext,
): Promise<void> {
  const series = seriesId === undefined ? null : seriesOf(exported, seriesId);
  await writeInPieces(target, async (write) => {
    const onNote = (note: string): void => context.err(`${note}\n`);
    const { texts, pictures } = await writeEpub(exported, { series, sink: write, onNote });
    context.out(`Texts in the book ${texts}, pictures ${pictures}.\n`);
  });
}

/** @throws UsageError for an unknown series, or one without a published post. */
function seriesOf({ blog: { series, posts } }: ExportedBlog, id: string): Series {
  const found = series.find((one) => one.id === id);
  if (found !== undefined && posts.some((post) => post.series === id)) return found;
  const known = series.map((one) => one.id);
  const near = didYouMean(id, known);
  const advice =
    near !== null
      ? `. Did you mean ${near}?`
      : known.length === 0
        ? ": this blog has none"
        : `. There are: ${known.join(", ")}`;
  throw new UsageError(`There is no series "${id}" with a published post${advice}`);
}
