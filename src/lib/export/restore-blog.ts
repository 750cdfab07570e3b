/** Restores the author's folder from an export of Backfence, byte for byte. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { writeFileAtomic } from "../responses/store.ts";
import { assertInside } from "../site/assert-inside.ts";
import { eachRestorable, UnrestorableError } from "./restorable-files.ts";
import { bytesOf } from "./source-file.ts";

export interface RestoreSummary {
  readonly written: number;
  readonly unchanged: number;
  /** Existing files with different content, which aren't overwritten. */
  readonly kept: readonly string[];
}

/** A path without `.` and `..` segments, backslashes, colons and NUL. */
const NAME = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\0:]+$/u;

/**
 * Writes the files contained in an export of Backfence; none if any part of it is damaged. Use only with your own
 * exports: components in posts run when the blog is built.
 * @param contentDir absolute path.
 * @throws AuthorError if the file isn't such an export.
 */
export function restoreBlog(source: string, contentDir: string): RestoreSummary {
  try {
    let count = 0;
    eachRestorable(source, ({ name }) => {
      targetOf(name, contentDir);
      count += 1;
    });
    if (count === 0) throw new UnrestorableError("it contains no files of a blog");
    return writeAll(source, contentDir);
  } catch (error) {
    if (error instanceof UnrestorableError) throw refused(source, error.message);
    throw error;
  }
}

function writeAll(source: string, contentDir: string): RestoreSummary {
  let written = 0;
  let unchanged = 0;
  const kept: string[] = [];
  eachRestorable(source, (file) => {
    const target = targetOf(file.name, contentDir);
    const bytes = bytesOf(file);
    if (!existsSync(target)) {
      if (existsSync(path.dirname(target))) assertInside(contentDir, path.dirname(target));
      writeFileAtomic(target, bytes);
      written += 1;
    } else if (readFileSync(target).equals(bytes)) unchanged += 1;
    else kept.push(file.name);
  });
  return { written, unchanged, kept };
}

function targetOf(name: string, contentDir: string): string {
  const target = path.resolve(contentDir, name);
  if (!NAME.test(name) || !target.startsWith(contentDir + path.sep))
    throw new UnrestorableError(`it names the file ${name}`);
  return target;
}

function refused(file: string, reason: string): AuthorError {
  const hint =
    "Make one with: backfence export --format jf2 --out blog.json\nOther exports are imported without --restore.";
  return new AuthorError([
    { file, message: `This isn't an export that Backfence can restore: ${reason}`, hint },
  ]);
}
