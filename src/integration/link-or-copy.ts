import { constants, copyFileSync, linkSync, statSync, utimesSync } from "node:fs";

/**
 * Gives a file a second name, or copies it with its times where the disk refuses links. It never takes the place of
 * another file. @throws Error with the code `EEXIST` where there is one.
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

/** Codes with which file systems refuse links: no permission, across disks, unsupported, too many. */
function isLinkRefusal(code: unknown): boolean {
  return ["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "EOPNOTSUPP", "ENOSYS"].includes(String(code));
}
