/** Detects the format of an export by the contents of its files. */
import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { decodeHead } from "./decode.ts";
import { generatorOf, textsOf } from "./readers/static-site.ts";
import type { StaticGenerator } from "./readers/static-site.ts";
import { COMMENT_SYSTEM_NAMES, commentSystemOf, isCommentSystem } from "./detect-comments.ts";
import type { CommentSystem } from "./detect-comments.ts";
import { staticmanFiles } from "./readers/comments/staticman.ts";
import { isLiveJournal } from "./readers/livejournal/signs.ts";
import { isStory } from "./readers/medium/story.ts";
import { notionFiles } from "./readers/notion/names.ts";
import { isPostTable } from "./readers/substack/post-table.ts";
import { isTumblr } from "./readers/tumblr/signs.ts";
import type { SourceFiles } from "./source-files.ts";

export type ImportFormat =
  | "movable-type"
  | "wordpress"
  | "blogger"
  | "ghost"
  | "substack"
  | "medium"
  | "json-feed"
  | "tumblr"
  | "livejournal"
  | "notion"
  | StaticGenerator
  | CommentSystem;

export const FORMAT_NAMES: Readonly<Record<ImportFormat, string>> = {
  "movable-type": "Movable Type or TypePad",
  wordpress: "WordPress (WXR)",
  blogger: "Blogger",
  ghost: "Ghost",
  substack: "Substack",
  medium: "Medium",
  "json-feed": "micro.blog (blog archive, JSON Feed)",
  tumblr: "Tumblr",
  livejournal: "LiveJournal or Dreamwidth",
  notion: "Notion (Markdown & CSV)",
  hugo: "Hugo or Zola",
  jekyll: "Jekyll",
  hexo: "Hexo",
  eleventy: "Eleventy",
  pelican: "Pelican",
  gatsby: "Gatsby",
  astro: "Astro",
  markdown: "Obsidian or other Markdown with front matter",
  ...COMMENT_SYSTEM_NAMES,
};

export interface DetectedSource {
  readonly format: ImportFormat;
  /** Files to read, relative to the source's root. */
  readonly files: readonly string[];
}

const HEAD_BYTES = 64 * 1024;
const MAY_BE_EXPORT = /\.(?:xml|txt|atom|rss|mt|dump|export|json|csv|html?|db|sqlite3?)$|^[^.]+$/i;

/** @throws AuthorError if the source has no supported format. */
export function detectSource(source: SourceFiles, given: string): DetectedSource {
  const notion = notionFiles(source.files);
  if (notion.length > 0) return { format: "notion", files: notion };
  const byFormat = new Map<ImportFormat, string[]>();
  for (const file of source.files) {
    if (!MAY_BE_EXPORT.test(path.posix.basename(file)) && source.files.length > 1) continue;
    // This folder contains the author's comments on other blogs.
    if (/(?:^|\/)Blogger\/Comments\//.test(file)) continue;
    const format = formatOf(headOf(source, file));
    if (format !== null) byFormat.set(format, [...(byFormat.get(format) ?? []), file]);
  }
  const [first] = [...byFormat].sort(([, a], [, b]) => b.length - a.length);
  const found = first === undefined ? null : { format: first[0], files: first[1] };
  if (found !== null && !isCommentSystem(found.format) && found.format !== "json-feed") return found;
  // A blog's folder may also contain a copy of its comments or a feed.
  const generator = generatorOf(source.files);
  const texts = generator === null ? [] : textsOf(source.files, generator);
  if (generator !== null && texts.length > 0) return { format: generator, files: texts };
  if (found !== null) return found;
  const comments = staticmanFiles(source.files);
  if (comments.length > 0) return { format: "staticman", files: comments };
  const zip = source.files.find((file) => /\.zip$/i.test(file));
  if (zip !== undefined) {
    const hint = `Import the zip from the platform as it is, or unpack ${zip} first.`;
    throw new AuthorError([
      { file: given, message: "It contains a zip file and nothing else to import", hint },
    ]);
  }
  throw new AuthorError([
    {
      file: given,
      message: "It contains no export that Backfence supports",
      hint: `It reads: ${Object.values(FORMAT_NAMES).join(", ")}. docs/import.md says where each platform keeps its export. Restore an export of Backfence with --restore.`,
    },
  ]);
}

function headOf({ root }: SourceFiles, file: string): string {
  const handle = openSync(path.join(root, file), "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const count = readSync(handle, buffer, 0, HEAD_BYTES, 0);
    return decodeHead(buffer.subarray(0, count));
  } finally {
    closeSync(handle);
  }
}

/** Tests for some formats, given the head of a file. */
const SIGNS: readonly (readonly [ImportFormat, (head: string) => boolean])[] = [
  ["substack", isPostTable],
  ["medium", isStory],
  ["tumblr", isTumblr],
  ["livejournal", isLiveJournal],
  ["json-feed", (head) => /"version"\s*:\s*"https:\/\/jsonfeed\.org\/version\/1/.test(head)],
];

function formatOf(head: string): ImportFormat | null {
  const system = commentSystemOf(head);
  if (system !== null) return system;
  if (/xmlns:\w+=["']https?:\/\/wordpress\.org\/export\/|<wp:wxr_version>|<wp:post_id>/.test(head))
    return "wordpress";
  if (
    /schemas\.google\.com\/blogger\/2008|schemas\.google\.com\/blogger\/2018|<generator[^>]*>Blogger<|<(?:\w+:)?generator>Blogger</.test(
      head,
    )
  )
    return "blogger";
  const platform = SIGNS.find(([, test]) => test(head))?.[0];
  if (platform !== undefined) return platform;
  if (
    /^\s*\{/.test(head) &&
    /"exported_on"|"posts_tags"|"(?:db|data)"\s*:\s*[[{]/.test(head.slice(0, 4000)) &&
    !/"type"\s*:\s*"feed"/.test(head.slice(0, 200))
  )
    return "ghost";
  const isMovableType =
    /^(?:AUTHOR|TITLE|BASENAME|STATUS|DATE): /m.test(head.slice(0, 4000)) &&
    /^-----\s*$/m.test(head) &&
    /^(?:BODY|EXTENDED BODY|COMMENT):\s*$/m.test(head);
  return isMovableType ? "movable-type" : null;
}
