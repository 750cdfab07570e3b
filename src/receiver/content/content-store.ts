/**
 * Where posts are written: files of `content/`, changed by commits. `node/git-checkout.ts` works on a checkout,
 * `github.ts`, `gitlab.ts` and `forgejo.ts` through the APIs of their hosts; `tests/micropub-stores.test.ts` holds all
 * four to the same contract.
 */

/** A file at one moment. */
export interface ContentFile {
  /** Path from the content folder: `notes/hello.md`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Names this state of the file; a change that was made for another one is refused. */
  readonly version: string;
}

export interface FileChange {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Version that is replaced; null for a file that must not be there yet. */
  readonly replaces: string | null;
}

export interface ContentStore {
  /** A file, or null when there is none. */
  read(path: string): Promise<ContentFile | null>;
  /** Paths of all files below a folder. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * Makes all changes in one commit.
   * @param message first line and, after an empty one, more.
   * @throws ConflictError when a file isn't as the change expects; nothing is changed then.
   */
  commit(changes: readonly FileChange[], message: string): Promise<void>;
}

/** Somebody else changed a file meanwhile, or made one of the same name. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** The store can't be read or written at the moment. The message is for the operator's log. */
export class ContentStoreError extends Error {
  override readonly name = "ContentStoreError";
}

/** Folders in which posts are written. */
const FOLDERS = /^(?:posts|notes)\//;

/** Folders and files that may be read. */
const READABLE = /^(?:(?:posts|notes|authors)\/|site\.yaml$)/;

/**
 * Whether a path stays within the content folder: relative, of plain segments, none hidden.
 * @param isWritten whether a post is written there.
 */
function isContentPath(path: string, isWritten: boolean): boolean {
  const isPlain = !/[\\\0-\x1f\x7f:*?"<>|]/.test(path);
  const segments = path.split("/");
  const areSafe = segments.every((segment) => segment !== "" && !/^\.|[. ]$/.test(segment));
  return isPlain && areSafe && (isWritten ? FOLDERS : READABLE).test(path);
}

/** @throws RangeError for a path outside; callers make paths, so that this is a fault of the program. */
export function assertContentPath(path: string, isWritten: boolean): string {
  if (!isContentPath(path, isWritten)) throw new RangeError(`Not a path of a post: ${JSON.stringify(path)}`);
  return path;
}

/** Tries again with what is there by then; somebody else may have committed meanwhile. */
export async function withRetries<T>(attempt: () => Promise<T>, tries = 8): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConflictError) || left <= 0) throw error;
    }
  }
}
