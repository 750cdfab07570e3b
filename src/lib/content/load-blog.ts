/**
 * Loads the author's folder into one validated `Blog`.
 *
 * Input: `content/` (site.yaml, posts, pages, authors, series, responses). Output: plain data, or one `AuthorError`
 * with every problem. The time depends on how much has changed since the last load: see `FileIndex`.
 */
import path from "node:path";
import { readReplyContexts } from "../responses/reply-contexts.ts";
import { AuthorError } from "../author-error.ts";
import type { AuthorIssue } from "../author-error.ts";
import { renderBody } from "../markdown/render-body.ts";
import type { PictureResolver } from "../images/image-resolver.ts";
import { findBlogroll } from "../site/blogroll.ts";
import { checkEditorPackage } from "../editor/editor-package.ts";
import { readEmbeds } from "../embeds/embeds-file.ts";
import type { StoredEmbed, TextIndex } from "../markdown/markdown-options.ts";
import { findSettings } from "../site/load-settings.ts";
import type { LoadedSettings } from "../site/load-settings.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import type { ReadContext, RenderBody } from "./body-entry.ts";
import { idsByName } from "./ids-by-name.ts";
import { checkAddresses } from "./checks/addresses.ts";
import type { CheckedAddresses } from "./checks/addresses.ts";
import { ownPages } from "./own-pages.ts";
import { lineFinder, moreAnchors, publicFiles } from "./checks/file-lookups.ts";
import type { UncheckedBlog } from "./checks/unchecked-blog.ts";
import { checkImports } from "./checks/imports.ts";
import { inOwnFormat } from "./checks/own-format.ts";
import { checkLinks } from "./checks/links.ts";
import type { MoreAnchors } from "./checks/links.ts";
import { checkLongNames, checkSameId, checkSameName, checkTags } from "./checks/names.ts";
import { checkReferences } from "./checks/references.ts";
import { checkTranslations, translationNotes } from "./checks/translations.ts";
import { FALLBACK_ZONE, isoInZone } from "./dates.ts";
import { listContent } from "./content-files.ts";
import type { ContentFile } from "./content-files.ts";
import { openContentStore } from "./content-store.ts";
import type { ContentStore } from "./content-store.ts";
import { goneAddresses } from "./gone-addresses.ts";
import { feedAliasNotes, foreignKeyNotes, languageNotes, leftOutNotes, syndicationNotes, textNotes } from "./load-notes.ts";
import { textIndex, type TextFiles } from "./text-index.ts";
import { loadRelated } from "./load-related.ts";
import type { RelatedLists } from "./load-related.ts";
import type { Blog, HeldBack, Page, Post } from "./model.ts";
import { readAuthors, readPages, readPosts, readResponses, readSeries } from "./read-content.ts";
import type { ReadResponses } from "./read-content.ts";
import { picturesOf } from "./pictures-of.ts";
import { checkUrl, urlNotes } from "./site-address.ts";
import { engineMapOf } from "./site-map.ts";
import { hasOtherSettings } from "./stray-files.ts";
import { pageVersionOf } from "./text-version.ts";

export interface LoadOptions {
  /** The project's root, absolute; paths in messages are relative to it. */
  readonly root: string;
  /** `build`: only published posts and pages. `dev`: drafts and scheduled posts as well. */
  readonly mode: "build" | "dev";
  /** Current time, which decides what is published. */
  readonly now: Date;
  readonly cacheDir: string;
  /** The author's folder, absolute; the default is `content/` in the root. */
  readonly contentDir?: string | undefined;
  /** Folder of static files, absolute; the default is `public/` in the root. */
  readonly publicDir?: string | undefined;
  /** Folder of the project's own pages, absolute; the default is `src/pages/` in the root. */
  readonly pagesDir?: string | undefined;
  /** See `StoreOptions`. */
  readonly engineVersion?: string | undefined;
  readonly onDamage?: ((file: string) => void) | undefined;
  /** Store that a server keeps between loads; by default, one is opened in `cacheDir`. */
  readonly store?: ContentStore | undefined;
  readonly render?: RenderBody | undefined;
  /** Called with the shown posts, even if some have errors, before pages and responses are read. */
  readonly onPosts?: ((posts: readonly Post[]) => void) | undefined;
  /** Environment of the command; with `CI` set, a build needs the blog's address. */
  readonly env?: { readonly CI?: string | undefined } | undefined;
  /** Watcher events since the last load with this store; without them, every file is checked. */
  readonly watched?: WatchedChanges | undefined;
  /** Called for each post that has to be read again, unless there are so many that worker threads read them. */
  readonly onChangedPost?: (() => void) | undefined;
}

/** Changes in the content folder. */
export interface WatchedChanges {
  /** Takes a path from the root. */
  readonly mayHaveChanged: (file: string) => boolean;
  /** Whether no file was added or removed. */
  readonly isListSame: boolean;
}

export interface LoadedBlog {
  readonly blog: Blog;
  /** For resolving links to texts in bodies that are rendered later. */
  readonly texts: TextIndex;
  readonly related: RelatedLists;
  /** Hashes of response files by the slug of their post. */
  readonly responsesHashes: ReadonlyMap<string, string>;
  /** Has metadata of all pictures of the blog. */
  readonly pictures: PictureResolver;
  /** Notes for the author, in full sentences; none of them is an error. */
  readonly notes: readonly string[];
  /** For the next load of a server. */
  readonly store: ContentStore;
}

/**
 * Loads the blog.
 * @throws AuthorError with every error in the author's folder.
 */
export async function loadBlog(options: LoadOptions): Promise<LoadedBlog> {
  const store = options.store ?? openContentStore(options);
  try {
    return await load(options, store);
  } finally {
    for (const index of indexesOf(store)) index.save();
    store.pictures.remember();
  }
}

async function load(options: LoadOptions, store: ContentStore): Promise<LoadedBlog> {
  const { root, now, mode, contentDir = path.join(root, "content") } = options;
  const found = findSettings({ contentDir, root });
  const settings = assumedSettings(found, contentDir);
  const urls = siteUrls(settings);
  const { pictures, bodies } = store;
  const embeds = orIssues(() => readEmbeds(contentDir, root), new Map<string, StoredEmbed>());
  const { watched } = options;
  if (watched !== undefined) for (const index of indexesOf(store)) index.lookOnlyAt(watched.mayHaveChanged);
  const files = (watched?.isListSame ? store.memory.files : null) ?? listContent(contentDir, root);
  store.memory.files = files;
  const listed: TextFiles = { posts: [...files.posts, ...files.notes], pages: files.pages };
  const texts = textIndex(listed, root, settings);
  const context: ReadContext = {
    root,
    settings,
    base: urls.base,
    render: options.render ?? renderBody,
    embeds: embeds.found,
    texts,
    pictures,
    bodies,
    onChangedPost: options.onChangedPost,
  };
  const authors = await readAuthors(files.authors, context, store, found.source.file);
  const authorIds = files.authors.length > 0 ? namesOf(files.authors) : authors.things.map(({ id }) => id);
  const authorIdOf = idsByName(authorIds, authors.things);
  const [onlyAuthor = null] = authorIds.length === 1 ? authorIds : [];
  const usualAuthor = settings.author === null ? onlyAuthor : authorIdOf(settings.author);
  const series = readSeries(files.series, root);
  const seriesIdOf = idsByName(
    namesOf(files.series),
    series.things.map(({ id, title }) => ({ id, name: title })),
  );
  const posts = await readPosts(listed, context, store, { now, usualAuthor, authorIdOf, seriesIdOf });
  options.onPosts?.(posts.things.filter(isShownIn(mode)));
  const pages = await readPages(files.pages, context, store, now);
  const responses = await readResponses(files.responses, store);
  const contexts = orIssues(() => Object.fromEntries(readReplyContexts(contentDir)), {});
  const blogroll = findBlogroll({ contentDir, root });
  const draft: UncheckedBlog = {
    settings,
    urls: siteUrls(settings, [...posts.things, ...posts.tombstones]),
    posts: posts.things,
    pages: pages.things,
    tombstones: posts.tombstones,
    authors: authors.things,
    series: series.things,
    authorIds,
    usualAuthor,
    seriesIds: namesOf(files.series),
    hasBlogroll: (blogroll.blogroll?.blogs.length ?? 0) > 0,
    filesWithGaps: posts.filesWithGaps,
    responseFiles: files.responses,
    settingsFile: found.source.file,
    showsAll: mode === "dev",
    isPublicFile: publicFiles(options.publicDir ?? path.join(root, "public")),
    isOwnPage: ownPages(options.pagesDir ?? path.join(root, "src/pages")),
    lineOf: lineFinder(root),
  };
  const map = checkAddresses(draft, engineMapOf(draft, draft.urls));
  const issues: AuthorIssue[] = [
    ...[found, files, authors, posts, pages, series, responses, contexts, blogroll, embeds].flatMap((part) => part.issues),
    ...checkUrl(found.source, options),
    ...checkEditorPackage(settings, found.source, root),
    ...checkSameName(posts.named, "posts"),
    ...checkLongNames(posts.named, "posts"),
    ...checkLongNames(files.pages, "pages"),
    ...checkSameName(
      files.pages.map((file) => pageVersionOf(file, settings.lang)),
      "pages",
    ),
    ...checkImports(draft.posts, root),
    ...checkAll(draft, map, moreAnchors(bodies, responses.responses)),
  ];
  if (issues.length > 0) throw new AuthorError(inOwnFormat(issues, root));
  const blog = blogOf(draft, responses, contexts.found);
  await pictures.load(
    picturesOf(blog).filter((file) => pictures.get(file) === null && pictures.media(file) === null),
  );
  return {
    blog,
    texts,
    related: loadRelated(blog.posts, posts.terms, store),
    responsesHashes: responses.hashes,
    pictures,
    notes: [
      ...notesOf(found.notes, draft),
      ...urlNotes(settings, found.source, mode),
      ...languageNotes(settings, found.source.file),
      ...leftOutNotes(files.leftOut, [...posts.things, ...pages.things]),
      ...foreignKeyNotes([...posts.readings, ...pages.readings]),
      ...feedAliasNotes(posts.things),
      ...syndicationNotes(draft.posts, draft.lineOf),
      ...translationNotes(draft),
      ...textNotes([...posts.notes, ...pages.notes]),
      ...(mode === "build" ? goneAddresses(posts.things, pages.things, map.map, urls.pagePath, store.cache) : []),
    ],
    store,
  };
}

/** Assumes a time zone if the settings can't be read, so that dates without a zone aren't reported as well. */
function assumedSettings({ settings, source }: LoadedSettings, contentDir: string): Settings {
  const isRead = source.issues.length === 0 && !hasOtherSettings(contentDir);
  return isRead ? settings : { ...settings, timeZone: settings.timeZone ?? FALLBACK_ZONE };
}

function indexesOf({ posts, pages, authors, responses }: ContentStore) {
  return [posts, pages, authors, responses];
}

function namesOf(files: readonly ContentFile[]): readonly string[] {
  return files.map(({ name }) => name);
}

function checkAll(
  draft: UncheckedBlog,
  { map, issues }: CheckedAddresses,
  more: MoreAnchors,
): readonly AuthorIssue[] {
  return [
    ...checkSameId(draft),
    ...checkTags(draft),
    ...checkReferences(draft),
    ...checkTranslations(draft),
    ...issues,
    ...checkLinks(draft, map, more),
  ];
}

/** Result of `read`, or `otherwise` with the issues if it throws an `AuthorError`. */
function orIssues<T>(read: () => T, otherwise: T): { found: T; issues: readonly AuthorIssue[] } {
  try {
    return { found: read(), issues: [] };
  } catch (error) {
    if (error instanceof AuthorError) return { found: otherwise, issues: error.issues };
    throw error;
  }
}

function blogOf(draft: UncheckedBlog, { responses }: ReadResponses, replyContexts: Blog["replyContexts"]): Blog {
  const isShown = isShownIn(draft.showsAll ? "dev" : "build");
  const posts = draft.posts.filter(isShown);
  const shown = new Set(posts.map(({ slug }) => slug));
  return {
    settings: { ...draft.settings, startHere: draft.settings.startHere.filter((slug) => shown.has(slug)) },
    posts,
    tombstones: draft.tombstones.map(({ slug, path, title, deleted, aliases }) => ({
      slug,
      path,
      title,
      deleted,
      aliases,
    })),
    pages: draft.pages.filter(isShown),
    authors: draft.authors,
    series: draft.series,
    responses: Object.fromEntries(Object.entries(responses).filter(([slug]) => shown.has(slug))),
    replyContexts,
    heldBack: heldBackOf(draft),
  };
}

function isShownIn(mode: LoadOptions["mode"]): (thing: Post | Page) => boolean {
  return ({ visibility }) => mode === "dev" || visibility === "published";
}

function heldBackOf({ posts, pages, settings }: UncheckedBlog): HeldBack {
  return {
    drafts: [...posts, ...pages]
      .filter(({ visibility }) => visibility === "draft")
      .map(({ file, title }) => ({ file, title })),
    scheduled: posts
      .filter(({ visibility }) => visibility === "scheduled")
      .map(({ file, title, date }) => ({ file, title, date: isoInZone(date, settings.timeZone) })),
  };
}

/** Adds advice on a first post. Drafts count as posts: an author who has started one needs no advice. */
function notesOf(notes: readonly string[], { posts }: UncheckedBlog): readonly string[] {
  return posts.length > 0 ? notes : [...notes, 'There are no posts yet: npx backfence new "A title" makes one.'];
}
