/** The posts of a blog's folder, from their front matter alone: no text is rendered. */
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
  /** Address of the blog, whatever `site.yaml` says. */
  readonly site: string;
  /** Decides what is published. */
  readonly now: () => Date;
  /** Reads a file; the default is from the disk. */
  readonly read?: (file: string) => Promise<Buffer>;
  /** The file system's clock, milliseconds since 1970. */
  readonly clock?: () => number;
}

type Disk = Required<Pick<ContentPostsOptions, "read" | "clock">>;

/** A file as it was read last. */
interface Known {
  readonly state: FileState;
  /** Whether the file could have changed again without another time. */
  readonly isRacy: boolean;
  readonly timeZone: string | null;
  /** The newest one without mistakes; null when there was none yet. */
  readonly entry: PostEntry | null;
  /** Mistakes in the file as it is now. */
  readonly issues: readonly AuthorIssue[];
}

const AT_ONCE = 16;
/** Times of files on the coarsest file systems differ by two seconds. */
const COARSEST_TICK_MS = 2000;
/** Characters of an untitled note that its title is made of. */
const BEGINNING = 1000;

/**
 * Reads the posts again at each call: only files whose size, times or inode are others than before. A post that has a
 * mistake stays as it was.
 * @returns the function that reads them; it throws an `AuthorError` when `site.yaml` has mistakes.
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

/** Null for a file that is gone. */
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

/** What a file's front matter says; of the text only the beginning of a note without a title is looked at. */
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
