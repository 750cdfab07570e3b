/** The author's folder back from an export of Backfence, byte for byte. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../author-error.ts";
import { readText } from "../import/decode.ts";
import { readXmlRecords } from "../import/readers/xml-records.ts";
import { writeWhole } from "../responses/store.ts";
import { assertInside } from "../site/assert-inside.ts";
import { JF2_FILES } from "./jf2.ts";
import { bytesOf, sourceFileSchema } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import { WXR_FILE } from "./wxr.ts";

export interface RestoreSummary {
  readonly written: number;
  readonly unchanged: number;
  /** Files that are there with other content, and stay. */
  readonly kept: readonly string[];
}

/** Folders that can contain the author's files. */
const NAME = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\0:]+$/u;

/**
 * Writes the files that an export of Backfence holds. Only for exports of one's own: components in posts run when the
 * blog is built.
 * @param contentDir absolute.
 * @throws AuthorError when the file is no such export.
 */
export function restoreBlog(source: string, contentDir: string): RestoreSummary {
  const files = filesOf(source);
  let written = 0;
  let unchanged = 0;
  const kept: string[] = [];
  for (const file of files) {
    const target = path.resolve(contentDir, file.name);
    if (!NAME.test(file.name) || !target.startsWith(contentDir + path.sep))
      throw refused(source, `it names the file ${file.name}`);
    const bytes = bytesOf(file);
    if (!existsSync(target)) {
      if (existsSync(path.dirname(target))) assertInside(contentDir, path.dirname(target));
      writeWhole(target, bytes);
      written += 1;
    } else if (readFileSync(target).equals(bytes)) unchanged += 1;
    else kept.push(file.name);
  }
  return { written, unchanged, kept };
}

function filesOf(source: string): readonly SourceFile[] {
  const start = readFileSync(source).subarray(0, 200).toString("utf8");
  const found = start.trimStart().startsWith("{") ? fromJf2(source) : fromWxr(source);
  const parsed = z.array(sourceFileSchema).safeParse(found);
  if (!parsed.success) throw refused(source, "its list of files is damaged");
  if (parsed.data.length === 0) throw refused(source, "it contains no files of a blog");
  return parsed.data;
}

function fromJf2(source: string): unknown {
  const data: unknown = parseJson(readFileSync(source, "utf8"), source);
  return typeof data === "object" && data !== null ? Reflect.get(data, JF2_FILES) : undefined;
}

function fromWxr(source: string): unknown[] {
  const files: unknown[] = [];
  readXmlRecords(readText(source), {
    records: new Set([WXR_FILE]),
    onRecord: ({ text }) => files.push(parseJson(text, source)),
  });
  return files;
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw refused(source, "its list of files is damaged");
    throw error;
  }
}

function refused(file: string, reason: string): AuthorError {
  const hint =
    "Make one with: backfence export --format jf2 --out blog.json\nOther exports are imported without --restore.";
  return new AuthorError([
    { file, message: `This isn't an export that Backfence can restore: ${reason}`, hint },
  ]);
}
