import path from "node:path";
import type { ArchiveBuilder } from "./archive-builder.ts";
import { readText } from "./decode.ts";
import type { DetectedSource, ImportFormat } from "./detect.ts";
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
import { readJsonFeed } from "./readers/json-feed.ts";
import { readLiveJournal } from "./readers/livejournal/livejournal.ts";
import { readMedium } from "./readers/medium/medium.ts";
import { readNotion } from "./readers/notion/notion.ts";
import { readStaticSite } from "./readers/static-site.ts";
import type { StaticGenerator } from "./readers/static-site.ts";
import { readSubstack } from "./readers/substack/substack.ts";
import { readTumblr } from "./readers/tumblr/tumblr.ts";
import { readWordpress } from "./readers/wordpress.ts";
import type { XmlFaults } from "./readers/xml-records.ts";
import { reportFaults } from "./readers/xml-faults.ts";
import type { SourceFiles } from "./source-files.ts";
import { readSourceText } from "./source-files.ts";

/** Reads the files of one format into the archive. */
type Reader = (source: SourceFiles, files: readonly string[], builder: ArchiveBuilder) => void;

const READERS: Readonly<Record<ImportFormat, Reader>> = {
  "movable-type": eachText((text, _file, builder) => {
    readMovableType(text, builder);
  }),
  wordpress: eachXml(readWordpress),
  blogger: (source, files, builder) => {
    for (const file of files) {
      const settings = readBloggerSettings(source, file, builder);
      reportFaults(readBlogger(readText(path.join(source.root, file)), builder, settings), file, builder);
    }
  },
  ghost: eachWhole(readGhost),
  substack: readSubstack,
  medium: readMedium,
  "json-feed": readJsonFeed,
  tumblr: readTumblr,
  livejournal: readLiveJournal,
  notion: readNotion,
  hugo: staticSite("hugo"),
  jekyll: staticSite("jekyll"),
  hexo: staticSite("hexo"),
  eleventy: staticSite("eleventy"),
  pelican: staticSite("pelican"),
  gatsby: staticSite("gatsby"),
  astro: staticSite("astro"),
  markdown: staticSite("markdown"),
  disqus: eachXml(readDisqus),
  remark42: eachText(readRemark42),
  "isso-database": (source, files, builder) => {
    for (const file of files) readIssoDatabase(path.join(source.root, file), file, builder);
  },
  isso: eachWhole(readIssoJson),
  commento: eachWhole(readCommento),
  github: eachWhole(readGitHub),
  staticman: readStaticman,
};

/** Reads all files of a source into the archive. */
export function readArchive(
  source: SourceFiles,
  { format, files }: DetectedSource,
  builder: ArchiveBuilder,
): void {
  READERS[format](source, files, builder);
}

function staticSite(generator: StaticGenerator): Reader {
  return (source, files, builder) => {
    readStaticSite(source, generator, files, builder);
  };
}

function eachWhole(read: (text: string, file: string, builder: ArchiveBuilder) => void): Reader {
  return (source, files, builder) => {
    for (const file of files) read(readSourceText(source, file), file, builder);
  };
}

function eachXml(read: (text: Iterable<string>, builder: ArchiveBuilder) => XmlFaults): Reader {
  return (source, files, builder) => {
    for (const file of files)
      reportFaults(read(readText(path.join(source.root, file)), builder), file, builder);
  };
}

function eachText(read: (text: Iterable<string>, file: string, builder: ArchiveBuilder) => void): Reader {
  return (source, files, builder) => {
    for (const file of files) read(readText(path.join(source.root, file)), file, builder);
  };
}
