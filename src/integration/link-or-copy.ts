import { constants, copyFileSync, linkSync, statSync, utimesSync } from "node:fs";

/**
 * Hard-links a file, or copies it with its timestamps where the file system doesn't support links. Never overwrites a
 * file. @throws Error with the code `EEXIST` if the target exists.
 */
export function linkOrCopy(from: string, target: string): void {
  try {
    linkSync(from, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && isLinkRefusal(error.code))) throw error;
    copyFileSync(from, target, constants.COPYFILE_EXCL);
    const { atime, mtime } = statSync(from);
    utimesSync(target, atime, mtime);
  }
}

/** Error codes of refused links: no permission, across disks, unsupported, too many. */
function isLinkRefusal(code: unknown): boolean {
  return ["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "EOPNOTSUPP", "ENOSYS"].includes(String(code));
}
