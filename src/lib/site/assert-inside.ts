import { realpathSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import type { AuthorIssue } from "../author-error.ts";

/**
 * The file, if it is in a folder after following all symbolic links. A build publishes what it finds in `public/`, so
 * otherwise a link in a pull request could publish any file of the machine.
 * @param root folder that the file may not leave, absolute: the project's.
 * @param file absolute.
 * @throws AuthorError when a link points outside the folder, or nowhere.
 */
export function assertInside(root: string, file: string): string {
  const issue = issueOutside(root, file);
  if (issue !== null) throw new AuthorError([issue]);
  return file;
}

/** The error of a file that isn't in a folder after following all symbolic links, see {@link assertInside}; or null. */
export function issueOutside(root: string, file: string): AuthorIssue | null {
  const name = path.relative(root, file).split(path.sep).join("/");
  const target = realPath(file);
  if (target === null) {
    return refusal(
      name,
      "is a link to a file that doesn't exist",
      "Put the file itself there, or delete it.",
    );
  }
  const inside = path.relative(realPath(root) ?? root, target);
  if (inside === ".." || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    const hint = "Copy the file here, or link to a file in the project.";
    return refusal(name, "is a link to a file outside the project, which isn't published", hint);
  }
  return null;
}

function refusal(file: string, problem: string, hint: string): AuthorIssue {
  return { file, message: `${file} ${problem}`, hint };
}

function realPath(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ELOOP"))
      return null;
    throw error;
  }
}
