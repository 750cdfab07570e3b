/** Reads the posts of a blog's folder from their front matter, without rendering texts. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Root } from "hast";
import { markdownToHast } from "satteri";
import { AuthorError, type AuthorIssue } from "../../lib/author-error.ts";
import { isSame, type FileState } from "../../lib/cache/file-state.ts";
import { listContent } from "../../lib/content/content-files.ts";
import { readPostHead } from "../../lib/content/front-matter/read-head.ts";
import type { BodyFacts, Post, Tombstone } from "../../lib/content/model.ts";
import { isUntitled, type PostEntry } from "../../lib/content/post-entry.ts";
import { readDates } from "../../lib/content/read-dates.ts";
import { toPost, toTombstone } from "../../lib/content/resolve-post.ts";
import { postVersionOf } from "../../lib/content/text-version.ts";
import { mapConcurrent } from "../../lib/map-concurrent.ts";
import { excerptOf } from "../../lib/markdown/plain-text.ts";
import { loadSettings } from "../../lib/site/load-settings.ts";
import type { PostsSource } from "../posts.ts";

export interface ContentPostsOptions {
  /** The content folder, absolute. */
  readonly contentDir: string;
  /** URL of the blog; the one in `site.yaml` is ignored. */
  readonly site: string;
  /** Current time, which decides whether scheduled posts are published. */
  readonly now: () => Date;
  /** Reads a file, by default from the disk. */
  readonly read?: (file: string) => Promise<Buffer>;
  /** Clock of the file system, in ms since 1970. */
  readonly clock?: () => number;
}

type Disk = Required<Pick<ContentPostsOptions, "read" | "clock">>;

/** Result of the last read of a file. */
interface Known {
  readonly state: FileState;
  /** Whether the file was so new that a later change could have left its timestamps equal. */
  readonly isRacy: boolean;
  readonly timeZone: string | null;
  /** The last valid version of the post; null when there was none yet. */
  readonly entry: PostEntry | null;
  /** Errors in the current version of the file. */
  readonly issues: readonly AuthorIssue[];
}

const AT_ONCE = 16;
/** The coarsest file systems have a timestamp resolution of two seconds. */
const COARSEST_TICK_MS = 2000;
/** Number of characters of an untitled note from which its title is made. */
const BEGINNING = 1000;

/**
 * Returns a function that reads the posts. Each call reads only files whose size, timestamps or inode have changed. An
 * invalid post keeps its last valid version.
 * @returns a function that throws an `AuthorError` when `site.yaml` has errors.
 */
export function contentPosts(options: ContentPostsOptions): () => Promise<PostsSource> {
  const { contentDir, site, now, read = readFile, clock = Date.now } = options;
  const root = path.dirname(contentDir);
  let known = new Map<string, Known>();
  return async () => {
    const settings = loadSettings({ contentDir, root });
    const listed = listContent(contentDir, root);
    const files = [...listed.posts, ...listed.notes].map((file) => postVersionOf(file, settings.lang));
    const seen = new Map<string, Known>();
    await mapConcurrent(files, AT_ONCE, async ({ file }) => {
      const one = await readKnown(root, file, settings.timeZone, known.get(file), { read, clock });
      if (one !== null) seen.set(file, one);
    });
    known = seen;
    const posts: Post[] = [];
    const tombstones: Tombstone[] = [];
    for (const { name, file, ...version } of files) {
      const entry = seen.get(file)?.entry ?? null;
      if (entry === null) continue;
      const at = { slug: name, file, settings, now: now(), ...version };
      const post = toPost(entry, { ...at, usualAuthor: null, authorIdOf: same, seriesIdOf: same });
      if (post?.visibility === "published") posts.push(post);
      const tombstone = toTombstone(entry, at);
      if (tombstone !== null) tombstones.push(tombstone);
    }
    const missing = [...seen.values()].flatMap(({ entry, issues }) => (entry === null ? issues : []));
    return {
      settings: { url: site },
      posts,
      tombstones,
      tags: [...seen.values()].flatMap(({ entry }) => entry?.front.tags ?? []),
      problem: missing.length === 0 ? null : new AuthorError(missing),
    };
  };
}

/** Reads a file if it has changed; null for a deleted file. */
async function readKnown(
  root: string,
  file: string,
  timeZone: string | null,
  before: Known | undefined,
  { read, clock }: Disk,
): Promise<Known | null> {
  const absolute = path.join(root, file);
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(absolute);
    const state: FileState = [size, mtimeMs, ctimeMs, ino];
    const isFresh = before?.isRacy === false && before.timeZone === timeZone && isSame(before.state, state);
    if (isFresh) return before;
    const isRacy = Math.max(mtimeMs, ctimeMs) > clock() - COARSEST_TICK_MS;
    const entry = entryOf(await read(absolute), file, timeZone);
    const { issues } = entry;
    return { state, isRacy, timeZone, issues, entry: issues.length === 0 ? entry : (before?.entry ?? null) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Parses a file's front matter, and the beginning of the text if there is no title. */
function entryOf(bytes: Buffer, file: string, timeZone: string | null): PostEntry {
  const head = readPostHead(bytes, file);
  const issues = [...head.issues];
  const { front } = head;
  const dates = readDates(head, timeZone, issues);
  return {
    front,
    isUntitled: isUntitled(head),
    ...dates,
    cover: null,
    body: front.deleted === undefined ? NO_FACTS : null,
    excerpt: front.title === undefined ? beginningOf(head.body) : "",
    readings: head.readings,
    terms: "",
    names: [],
    issues,
    notes: [],
  };
}

function beginningOf(body: string): string {
  const tree = markdownToHast(body.slice(0, BEGINNING));
  return tree.type === "root" ? excerptOf(tree as Root) : "";
}

const NO_FACTS: BodyFacts = {
  key: "",
  sourceHash: "",
  kind: "plain",
  headings: [],
  words: 0,
  minutes: 1,
  links: [],
  excerpt: "",
  pictures: [],
  hasCode: false,
};

function same(written: string): string {
  return written;
}
