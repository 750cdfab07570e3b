/**
 * Stores for the files of `content/`, changed by commits. `node/git-checkout.ts` works on a checkout, `github.ts`,
 * `gitlab.ts` and `forgejo.ts` use the APIs of their hosts; `tests/micropub-stores.test.ts` tests all four against the
 * same contract.
 */

/** One version of a file. */
export interface ContentFile {
  /** Path relative to the content folder: `notes/hello.md`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Identifier of this version; a change based on another version is refused. */
  readonly version: string;
}

export interface FileChange {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Version to replace; null for a file that must not exist yet. */
  readonly replaces: string | null;
}

export interface ContentStore {
  /** Reads a file; null when it doesn't exist. */
  read(path: string): Promise<ContentFile | null>;
  /** Paths of all files in a folder and its subfolders. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * Makes all changes in one commit.
   * @param message subject line, optionally followed by an empty line and a body.
   * @throws ConflictError when a file doesn't have the version that the change replaces; nothing is changed then.
   */
  commit(changes: readonly FileChange[], message: string): Promise<void>;
}

/** A file was changed or created by someone else in the meantime. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** The store can't be read or written at the moment. The message is for the operator's log. */
export class ContentStoreError extends Error {
  override readonly name = "ContentStoreError";
}

/** Folders that posts are written to. */
const FOLDERS = /^(?:posts|notes)\//;

/** Folders and files that may be read. */
const READABLE = /^(?:(?:posts|notes|authors)\/|site\.yaml$)/;

/**
 * Whether a path is allowed: relative, without special characters, `..` or hidden segments, and in an allowed folder.
 * @param isWritten whether the file is to be written, not only read.
 */
function isContentPath(path: string, isWritten: boolean): boolean {
  const isPlain = !/[\\\0-\x1f\x7f:*?"<>|]/.test(path);
  const segments = path.split("/");
  const areSafe = segments.every((segment) => segment !== "" && !/^\.|[. ]$/.test(segment));
  return isPlain && areSafe && (isWritten ? FOLDERS : READABLE).test(path);
}

/** @returns the path. @throws RangeError when it isn't allowed, a bug of the caller. */
export function assertContentPath(path: string, isWritten: boolean): string {
  if (!isContentPath(path, isWritten)) throw new RangeError(`Not a path of a post: ${JSON.stringify(path)}`);
  return path;
}

/** Retries after a `ConflictError`; the attempt has to read the current files again. */
export async function withRetries<T>(attempt: () => Promise<T>, tries = 8): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConflictError) || left <= 0) throw error;
    }
  }
}
