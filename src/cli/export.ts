/** `backfence export`: the whole blog in a format that others read. */
import path from "node:path";
import { exportActivityStreams } from "../lib/export/activitystreams.ts";
import { exportJf2 } from "../lib/export/jf2.ts";
import { readBlogForExport } from "../lib/export/read-blog.ts";
import type { ExportedBlog } from "../lib/export/read-blog.ts";
import { exportWxr } from "../lib/export/wxr.ts";
import { writeWhole } from "../lib/responses/store.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { UsageError } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

const WRITERS: Readonly<Record<string, (blog: ExportedBlog) => string>> = {
  jf2: exportJf2,
  wxr: exportWxr,
  activitystreams: exportActivityStreams,
};
const FORMATS = [...Object.keys(WRITERS), "markdown"];

export const command = defineCommand(
  {
    usage: "export --format <format> [options]",
    description:
      "Exports the blog with its conversations: as JF2 or WordPress XML (both can be restored exactly), as an ActivityStreams collection of the published posts, or as a folder of Markdown. JF2 and WXR also contain drafts and unapproved responses: don't publish them.",
    positionals: { min: 0, max: 0 },
    options: {
      format: { type: "string", value: "FORMAT", description: FORMATS.join(", ") },
      out: {
        type: "string",
        value: "FILE",
        description: "output file, or folder for markdown; default: standard output",
      },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["export --format wxr --out blog.xml", "a file that WordPress imports"],
      ["export --format markdown --out copy", "a copy of the content in another folder"],
    ],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values }, context) => {
    const { format = "", out } = values;
    if (!FORMATS.includes(format)) throw new UsageError(`--format is one of ${FORMATS.join(", ")}`);
    const exported = await readBlogForExport(foldersOf(values, context, "export"), context.now());
    const write = WRITERS[format];
    if (write === undefined) {
      if (out === undefined) throw new UsageError("Name a folder for the files: --out copy");
      const folder = path.resolve(context.root, out);
      for (const { name, bytes } of exported.files) writeWhole(path.join(folder, name), bytes);
      context.out(`Files written ${exported.files.length}.\n`);
      return exitCodes.ok;
    }
    const text = write(exported);
    if (out === undefined) context.out(text);
    else {
      writeWhole(path.resolve(context.root, out), text);
      context.out(`Posts written ${exported.blog.posts.length}, files ${exported.files.length}.\n`);
    }
    return exitCodes.ok;
  },
);
