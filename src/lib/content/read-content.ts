import { readFileSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import { renderBody } from "../markdown/render-body.ts";
import type { PostResponse } from "../responses/model.ts";
import { mapConcurrent } from "../map-concurrent.ts";
import { parseResponseFile } from "../responses/record.ts";
import type { Settings } from "../site/settings.ts";
import { slugOf } from "../site/slug.ts";
import { checkYaml } from "../yaml/check.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { readYaml, unreadable } from "../yaml/source.ts";
import { readAuthor } from "./author-entry.ts";
import { isStored, meanTheSame } from "./body-entry.ts";
import type { ReadContext } from "./body-entry.ts";
import type { ContentFile } from "./content-files.ts";
import { bodiesDir, picturesDir } from "./content-store.ts";
import type { ContentStore } from "./content-store.ts";
import type { ForeignReading } from "./front-matter/translation.ts";
import type { Author, Page, Post, Series, Tombstone } from "./model.ts";
import { readPage, type PageEntry } from "./page-entry.ts";
import { readPost } from "./post-entry.ts";
import type { PostEntry } from "./post-entry.ts";
import { openReadingPool, type ReadingPool } from "./reading-pool.ts";
import { toPage, toPost, toTombstone } from "./resolve-post.ts";
import type { NameContext } from "./resolve-post.ts";
import { pageVersionOf, postVersionOf, type TextFile } from "./text-version.ts";
import { seriesSchema } from "./series-schema.ts";
import type { TextFiles } from "./text-index.ts";

/** Entries of one kind, with their issues. */
export interface ReadThings<T> {
  readonly things: readonly T[];
  readonly issues: readonly AuthorIssue[];
}

/** Inputs shared by all texts; if one changes, all texts are read again. */
function inputOf({ settings, base, embeds }: ReadContext): string {
  const { lang, timeZone, words, remoteImages, permalinks } = settings;
  return hashOf(base, lang, timeZone ?? "", JSON.stringify(words), remoteImages, JSON.stringify(permalinks), JSON.stringify([...embeds]));
}

/** Number of files read concurrently: some are rendered while others wait for their pictures. */
const AT_ONCE = 8;

/** A key of another generator in a file. */
export interface FileReading extends ForeignReading {
  readonly file: string;
}

export interface ReadPosts extends ReadThings<Post> {
  readonly tombstones: readonly (Tombstone & { readonly file: string })[];
  /** Files with issues, whose front matter may be incomplete. */
  readonly filesWithGaps: ReadonlySet<string>;
  /** Stored terms by slug, for related posts. */
  readonly terms: ReadonlyMap<string, string>;
  /** The files, named by slug, which front matter can set. */
  readonly named: readonly ContentFile[];
  readonly readings: readonly FileReading[];
  /** Notes for the author, with their location. */
  readonly notes: readonly AuthorIssue[];
}

interface PostContext extends NameContext {
  readonly now: Date;
}

/** Reads the posts and notes, newest first; ties broken by slug. */
export async function readPosts(
  listed: TextFiles,
  context: ReadContext,
  store: ContentStore,
  { now, ...names }: PostContext,
): Promise<ReadPosts> {
  const files = listed.posts.map((file) => postVersionOf(file, context.settings.lang));
  const input = inputOf(context);
  const things: Post[] = [];
  const tombstones: (Tombstone & { file: string })[] = [];
  const terms = new Map<string, string>();
  const filesWithGaps = new Set<string>();
  const named: ContentFile[] = [];
  const readings: FileReading[] = [];
  const notes: AuthorIssue[] = [];
  const issues: AuthorIssue[] = [];
  const entries = await readEntries(files, input, context, store, listed);
  for (const [place, { name, file, ...version }] of files.entries()) {
    const entry = entries[place];
    if (entry === null || entry === undefined) continue;
    issues.push(...entry.issues);
    if (entry.issues.length > 0) filesWithGaps.add(file);
    readings.push(...entry.readings.map((reading) => ({ ...reading, file })));
    notes.push(...entry.notes);
    named.push({ name: entry.front.slug ?? name, file });
    const at = { slug: name, file, settings: context.settings, now, ...version };
    const post = toPost(entry, { ...at, ...names });
    const tombstone = toTombstone(entry, at);
    if (tombstone !== null) tombstones.push({ ...tombstone, file });
    if (post === null) continue;
    things.push(post);
    terms.set(post.slug, entry.terms);
  }
  return { things: things.sort(newestFirst), tombstones, terms, filesWithGaps, named, readings, notes, issues };
}

/** Reads posts: many new ones, as in the first build, with several threads, and a few in this thread. */
async function readEntries(
  files: readonly TextFile[],
  input: string,
  context: ReadContext,
  store: ContentStore,
  listed: TextFiles,
): Promise<readonly (PostEntry | null)[]> {
  const isHere = files.length - store.posts.countOf(input) < WORTH_THREADS || context.render !== renderBody;
  const pool = isHere ? null : openPool(context, listed, store);
  try {
    return await mapConcurrent(files, pool?.atOnce ?? AT_ONCE, ({ file, lang }) => {
      const make = (bytes: Buffer) => {
        if (pool !== null) return pool.read(bytes, file, lang);
        context.onChangedPost?.();
        return readPost(bytes, file, context, lang);
      };
      const isUsable = ({ body, names }: PostEntry) => isStored(body, store.bodies) && meanTheSame(names, context.texts);
      return store.posts.get(file, inputIn(lang, input), make, isUsable);
    });
  } finally {
    await pool?.close();
  }
}

/** Inputs of a text, including its language if the file name gives it. */
function inputIn(lang: string | null, input: string): string {
  return lang === null ? input : hashOf(input, lang);
}

/** Minimum number of new posts for which starting threads saves time. */
const WORTH_THREADS = 400;

function openPool(context: ReadContext, texts: TextFiles, { cacheDir, onDamage }: ContentStore): ReadingPool {
  const { root, settings, base, embeds } = context;
  const folders = { bodiesDir: bodiesDir(cacheDir), picturesDir: picturesDir(cacheDir) };
  const readHere = (bytes: Buffer, file: string, lang: string | null) => readPost(bytes, file, context, lang);
  return openReadingPool({ root, settings, base, embeds, texts, ...folders }, readHere, onDamage);
}

function newestFirst(a: Post, b: Post): number {
  return a.date !== b.date ? (a.date < b.date ? 1 : -1) : a.slug < b.slug ? -1 : 1;
}

export async function readPages(
  files: readonly ContentFile[],
  context: ReadContext,
  store: ContentStore,
  now: Date,
): Promise<ReadThings<Page> & { readonly readings: readonly FileReading[]; readonly notes: readonly AuthorIssue[] }> {
  const input = inputOf(context);
  const things: Page[] = [];
  const readings: FileReading[] = [];
  const notes: AuthorIssue[] = [];
  const issues: AuthorIssue[] = [];
  for (const listed of files) {
    const { name, file, lang, ...version } = pageVersionOf(listed, context.settings.lang);
    const make = (bytes: Buffer) => readPage(bytes, file, context, lang);
    const isUsable = ({ body, names }: PageEntry) => isStored(body, store.bodies) && meanTheSame(names, context.texts);
    const entry = await store.pages.get(file, inputIn(lang, input), make, isUsable);
    if (entry === null) continue;
    issues.push(...entry.issues);
    readings.push(...entry.readings.map((reading) => ({ ...reading, file })));
    notes.push(...entry.notes);
    things.push(toPage(entry, { slug: name, file, settings: context.settings, now, lang, ...version }));
  }
  return { things, readings, notes, issues };
}

/** Reads the authors. If there are no files, the blog itself is the author. */
export async function readAuthors(
  files: readonly ContentFile[],
  context: ReadContext,
  store: ContentStore,
  settingsFile: string,
): Promise<ReadThings<Author>> {
  const input = inputOf(context);
  const things: Author[] = [];
  const issues: AuthorIssue[] = [];
  for (const { name, file } of files) {
    const entry = await store.authors.get(file, input, (bytes) => readAuthor(bytes, file, context));
    if (entry === null) continue;
    issues.push(...entry.issues);
    if (entry.author !== null) things.push({ id: name, file, ...entry.author });
  }
  if (files.length === 0) things.push(blogAsAuthor(context.settings, settingsFile));
  return { things, issues };
}

function blogAsAuthor({ title }: Settings, file: string): Author {
  return {
    id: slugOf(title),
    file,
    name: title,
    short: "",
    bioHtml: "",
    isGuest: false,
    photo: null,
    links: [],
    accounts: [],
  };
}

/** Reads the series. Not cached, since their files are few and small. */
export function readSeries(files: readonly ContentFile[], root: string): ReadThings<Series> {
  const things: Series[] = [];
  const issues: AuthorIssue[] = [];
  for (const { name, file } of files) {
    const { text, issue } = decodeText(readFileSync(path.join(root, file)), file);
    const source = issue === null ? readYaml(text, file) : unreadable(issue);
    const checked = checkYaml(seriesSchema, source, { owner: "a series" });
    issues.push(...checked.issues);
    if (checked.value !== null) things.push({ id: name, file, ...checked.value });
  }
  return { things, issues };
}

export interface ReadResponses {
  /** By slug, oldest first. */
  readonly responses: Readonly<Record<string, readonly PostResponse[]>>;
  /** Hashes of their files by slug. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly issues: readonly AuthorIssue[];
}

export async function readResponses(
  files: readonly ContentFile[],
  store: ContentStore,
): Promise<ReadResponses> {
  const responses: [string, readonly PostResponse[]][] = [];
  const hashes = new Map<string, string>();
  const issues: AuthorIssue[] = [];
  for (const { name, file } of files) {
    const parsed = await store.responses.get(file, "", async (bytes) => {
      const { text, issue } = decodeText(bytes, file);
      const parsed = parseResponseFile(text, file);
      const value = issue === null ? parsed : { ...parsed, issues: [issue] };
      return { value, isKept: value.issues.length === 0, others: [] };
    });
    if (parsed === null) continue;
    issues.push(...parsed.issues);
    responses.push([name, parsed.records]);
    hashes.set(name, store.responses.hashOf(file));
  }
  return { responses: Object.fromEntries(responses), hashes, issues };
}
