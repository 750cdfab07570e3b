import path from "node:path";
import type { ArchiveBuilder } from "./archive-builder.ts";
import { readText } from "./decode.ts";
import type { DetectedSource } from "./detect.ts";
import { isCommentSystem } from "./detect-comments.ts";
import type { CommentSystem } from "./detect-comments.ts";
import { readCommento } from "./readers/comments/commento.ts";
import { readDisqus } from "./readers/comments/disqus.ts";
import { readGitHub } from "./readers/comments/github.ts";
import { readIssoDatabase, readIssoJson } from "./readers/comments/isso.ts";
import { readRemark42 } from "./readers/comments/remark42.ts";
import { readStaticman } from "./readers/comments/staticman.ts";
import { readBlogger } from "./readers/blogger.ts";
import { readBloggerSettings } from "./readers/blogger-settings.ts";
import { readMovableType } from "./readers/movable-type.ts";
import { readGhost } from "./readers/ghost.ts";
import { readStaticSite } from "./readers/static-site.ts";
import { readWordpress } from "./readers/wordpress.ts";
import type { XmlFaults } from "./readers/xml-records.ts";
import type { SourceFiles } from "./source-files.ts";
import { readSourceText } from "./source-files.ts";

/** Reads all files of a source into the archive. */
export function readArchive(
  source: SourceFiles,
  { format, files }: DetectedSource,
  builder: ArchiveBuilder,
): void {
  if (isCommentSystem(format)) {
    readComments(source, format, files, builder);
    return;
  }
  if (format !== "movable-type" && format !== "wordpress" && format !== "blogger" && format !== "ghost") {
    readStaticSite(source, format, files, builder);
    return;
  }
  for (const file of files) {
    if (format === "ghost") {
      readGhost(readSourceText(source, file), file, builder);
      continue;
    }
    const text = readText(path.join(source.root, file));
    switch (format) {
      case "movable-type":
        readMovableType(text, builder);
        break;
      case "wordpress":
        reportFaults(readWordpress(text, builder), file, builder);
        break;
      case "blogger":
        reportFaults(readBlogger(text, builder, readBloggerSettings(source, file, builder)), file, builder);
        break;
    }
  }
}

function readComments(
  source: SourceFiles,
  system: CommentSystem,
  files: readonly string[],
  builder: ArchiveBuilder,
): void {
  if (system === "staticman") {
    readStaticman(source, files, builder);
    return;
  }
  for (const file of files) {
    const absolute = path.join(source.root, file);
    switch (system) {
      case "disqus":
        reportFaults(readDisqus(readText(absolute), builder), file, builder);
        break;
      case "remark42":
        readRemark42(readText(absolute), file, builder);
        break;
      case "isso-database":
        readIssoDatabase(absolute, file, builder);
        break;
      case "isso":
        readIssoJson(readSourceText(source, file), file, builder);
        break;
      case "commento":
        readCommento(readSourceText(source, file), file, builder);
        break;
      case "github":
        readGitHub(readSourceText(source, file), file, builder);
        break;
    }
  }
}

function reportFaults({ count, first, isTruncated }: XmlFaults, file: string, builder: ArchiveBuilder): void {
  if (isTruncated)
    builder.doubt(file, "the file ends in the middle of a record, which was read as far as it goes");
  else if (count > 0) builder.doubt(file, `it isn't well-formed XML in ${count} places (${first ?? ""})`);
}
