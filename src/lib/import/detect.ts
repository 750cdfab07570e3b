/** The format of an export, by what its files hold. */
import { closeSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { decodeLines } from "./decode.ts";
import { generatorOf, textsOf } from "./readers/static-site.ts";
import type { StaticGenerator } from "./readers/static-site.ts";
import { COMMENT_SYSTEM_NAMES, commentSystemOf, isCommentSystem } from "./detect-comments.ts";
import type { CommentSystem } from "./detect-comments.ts";
import { staticmanFiles } from "./readers/comments/staticman.ts";
import type { SourceFiles } from "./source-files.ts";

export type ImportFormat =
  "movable-type" | "wordpress" | "blogger" | "ghost" | StaticGenerator | CommentSystem;

export const FORMAT_NAMES: Readonly<Record<ImportFormat, string>> = {
  "movable-type": "Movable Type or TypePad",
  wordpress: "WordPress (WXR)",
  blogger: "Blogger",
  ghost: "Ghost",
  hugo: "Hugo or Zola",
  jekyll: "Jekyll",
  hexo: "Hexo",
  eleventy: "Eleventy",
  astro: "Astro",
  markdown: "Markdown with front matter",
  ...COMMENT_SYSTEM_NAMES,
};

export interface DetectedSource {
  readonly format: ImportFormat;
  /** Files that hold texts, from the source's root. */
  readonly files: readonly string[];
}

const HEAD_BYTES = 64 * 1024;

/** @throws AuthorError when nothing in the source is known. */
export function detectSource(source: SourceFiles, given: string): DetectedSource {
  const byFormat = new Map<ImportFormat, string[]>();
  for (const file of source.files) {
    if (
      !/\.(?:xml|txt|atom|rss|mt|dump|export|json|db|sqlite3?)$|^[^.]+$/i.test(path.posix.basename(file)) &&
      source.files.length > 1
    )
      continue;
    // This folder contains the author's comments on other blogs.
    if (/(?:^|\/)Blogger\/Comments\//.test(file)) continue;
    const format = formatOf(headOf(source, file));
    if (format !== null) byFormat.set(format, [...(byFormat.get(format) ?? []), file]);
  }
  const [first] = [...byFormat].sort(([, a], [, b]) => b.length - a.length);
  const found = first === undefined ? null : { format: first[0], files: first[1] };
  if (found !== null && !isCommentSystem(found.format)) return found;
  // A blog's folder may hold a copy of its comments as well.
  const generator = source.files.length > 1 ? generatorOf(source.files) : null;
  const texts = generator === null ? [] : textsOf(source.files, generator);
  if (generator !== null && texts.length > 0) return { format: generator, files: texts };
  if (found !== null) return found;
  const comments = staticmanFiles(source.files);
  if (comments.length > 0) return { format: "staticman", files: comments };
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
    return decodeLines(buffer.subarray(0, count)).replace(/^\uFEFF/, "");
  } finally {
    closeSync(handle);
  }
}

function formatOf(head: string): ImportFormat | null {
  const system = commentSystemOf(head);
  if (system !== null) return system;
  if (/xmlns:wp=["']https?:\/\/wordpress\.org\/export\/|<wp:wxr_version>|<wp:post_id>/.test(head))
    return "wordpress";
  if (
    /schemas\.google\.com\/blogger\/2008|schemas\.google\.com\/blogger\/2018|<generator[^>]*>Blogger<|<(?:\w+:)?generator>Blogger</.test(
      head,
    )
  )
    return "blogger";
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
