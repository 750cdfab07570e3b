import path from "node:path";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOENT: "it doesn't exist",
  ENOTDIR: "part of its path is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  EEXIST: "it exists already",
  EMFILE: "too many files are open",
  EBUSY: "another program uses it",
  ELOOP: "its symbolic links lead in a circle",
  ENAMETOOLONG: "its name is too long",
};

const VERBS: Readonly<Record<string, string>> = {
  open: "open",
  read: "read",
  write: "write",
  access: "write to",
  mkdir: "create the folder",
  scandir: "list the folder",
  rename: "rename",
  unlink: "delete",
  copyfile: "copy",
  chmod: "change the permissions of",
};

/**
 * Explains a file system error, or an outdated Node, in a sentence or two.
 * @param root folder that the path in the sentence is relative to.
 * @returns null for any other error.
 */
export function explainSystemError(error: unknown, root: string): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  if (error.code === "ERR_UNKNOWN_BUILTIN_MODULE")
    return `This command needs Node 22.13 or later, and this is Node ${process.versions.node}. Install a newer one.`;
  const reason = REASONS[error.code];
  if (reason === undefined || !("syscall" in error)) return null;
  const verb = VERBS[String(error.syscall)] ?? "use";
  if (!("path" in error) || typeof error.path !== "string") return `Can't ${verb} a file: ${reason}.`;
  const relative = path.relative(root, error.path);
  return `Can't ${verb} ${relative === "" || relative.startsWith("..") ? error.path : relative}: ${reason}.`;
}
