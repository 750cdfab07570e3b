import { realpathSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import type { AuthorIssue } from "../author-error.ts";

/**
 * Returns the file if it's inside a folder after resolving all symbolic links. A build publishes all of `public/`, so
 * without this check, a link in a pull request could publish any file of the machine.
 * @param root the project's folder, absolute.
 * @param file absolute path.
 * @throws AuthorError when a link points outside the folder, or to a missing file.
 */
export function assertInside(root: string, file: string): string {
  const issue = issueOutside(root, file);
  if (issue !== null) throw new AuthorError([issue]);
  return file;
}

/** Like {@link assertInside}, but returns the error, or null if the file is inside the folder. */
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
