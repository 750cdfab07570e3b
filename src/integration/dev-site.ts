import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";
import { bodyToStore } from "../lib/markdown/render-body.ts";
import { openContentStore, type ContentStore } from "../lib/content/content-store.ts";
import { loadBlog, type LoadedBlog, type WatchedChanges } from "../lib/content/load-blog.ts";
import type { Blog } from "../lib/content/model.ts";
import type { PictureResolver } from "../lib/images/image-resolver.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import type { FileBytes, FileGroup, FileSpec, PageSpec } from "../lib/site/outputs.ts";
import type { Settings } from "../lib/site/settings.ts";
import { outputFile, possibleOutputFile } from "../lib/site/urls.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";
import { bodyOfPage } from "./render-bodies.ts";
import { MODULE_ROUTE, modulePages, modulePosts, type ModulePost } from "./module-bodies-plugin.ts";
import { planSite, type SitePlan } from "./plan-site.ts";

export interface DevSiteOptions {
  /** The folder that holds the author's, absolute. */
  readonly home: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly cacheDir: string;
  /** Gets the page on which the dev server shows the body of a post that Astro renders. */
  readonly fetchBodyPage: (slug: string) => Promise<string>;
}

/** What a watcher has seen in the author's folder. */
export interface Changes {
  /** Absolute paths. */
  readonly files: Set<string>;
  /** No file has come or gone. */
  isListSame: boolean;
}

/** The code that a post imports, or an expression in it, threw an error. */
class FailedBody extends Error {}

type Files = ReadonlyMap<string, FileSpec<FileBytes>>;

interface Loaded {
  readonly blog: Blog;
  readonly plan: SitePlan;
  /** Pages of the routes that were asked for. */
  readonly pages: Map<PageGroup, readonly PageSpec[]>;
  readonly notes: readonly string[];
  /** The plan's files, old addresses first, then those that tell of the pages. */
  readonly groups: readonly FileGroup[];
  /** Files of the groups in which one was looked for. */
  readonly files: Map<FileGroup, Files>;
  /** The search index, made when a reader first searches. */
  searchFiles: Promise<Files> | null;
}

/** The blog as the dev server shows it: loaded again after every change, the last good state kept on a mistake. */
export class DevSite {
  readonly #options: DevSiteOptions;
  readonly #work: string;
  readonly #store: ContentStore;
  #loaded: Loaded | null = null;
  #mistakes: AuthorError | null = null;

  constructor(options: DevSiteOptions) {
    this.#options = options;
    this.#work = path.join(options.cacheDir, "dev");
    this.#store = openContentStore({ root: options.home, cacheDir: this.#work });
  }

  /**
   * Reads the author's folder; not to be called again before it has ended. When there are mistakes, `mistakes` has
   * them, and what was loaded before stays.
   * @param changes since the last time, or null when nobody has watched.
   */
  async load(changes: Changes | null = null): Promise<void> {
    const { home: root } = this.#options;
    const watched = changes === null ? undefined : this.#watched(changes);
    const how = { cacheDir: this.#work, mode: "dev", now: new Date(), store: this.#store, watched } as const;
    try {
      this.#loaded = this.#planned(withoutWorker(await loadBlog({ ...this.#options, ...how, root })));
      this.#mistakes = null;
    } catch (error) {
      if (!(error instanceof AuthorError)) throw error;
      this.#mistakes = error;
    }
  }

  #watched({ files, isListSame }: Changes): WatchedChanges {
    const { home, contentDir } = this.#options;
    const fromHome = (file: string): string => path.relative(home, file).split(path.sep).join("/");
    const folder = `${fromHome(contentDir)}/`;
    const changed = new Set([...files].map(fromHome));
    return { isListSame, mayHaveChanged: (file) => !file.startsWith(folder) || changed.has(file) };
  }

  /** What the author has to mend before the blog can be shown as it's written, or null. */
  get mistakes(): AuthorError | null {
    return this.#mistakes;
  }

  /** What the author may want to know. */
  get notes(): readonly string[] {
    return this.#loaded?.notes ?? [];
  }

  get settings(): Settings {
    const { contentDir, home: root } = this.#options;
    return this.#loaded?.blog.settings ?? findSettings({ contentDir, root }).settings;
  }

  get pictures(): PictureResolver {
    return this.#store.pictures;
  }

  /** Language of the post in a file, by its path from the folder that holds the author's. */
  langOf(file: string): string {
    return this.#loaded?.blog.posts.find((post) => post.file === file)?.lang ?? this.settings.lang;
  }

  /** Posts whose bodies Astro renders. */
  get modulePosts(): readonly ModulePost[] {
    return modulePosts(this.#loaded?.blog.posts ?? [], this.#options.home);
  }

  pagesOf(route: string): readonly PageSpec[] {
    if (route === MODULE_ROUTE) return modulePages(this.modulePosts);
    if (this.#loaded === null) return [];
    const { plan, pages } = this.#loaded;
    const group = plan.pages.find(({ routes }) => routes.includes(route));
    if (group === undefined) return [];
    const made = pages.get(group) ?? group.pages();
    pages.set(group, made);
    return made.filter((page) => page.route === route);
  }

  /**
   * A body as its page shows it, with the styles and scripts that its own components bring along. Where they fail, a
   * word on that stands in its place; Astro tells the error in the terminal and over the page.
   */
  async bodyOnPage(key: string): Promise<string> {
    try {
      const { html, extras } = await this.#body(key);
      return extras + html;
    } catch (error) {
      if (!(error instanceof FailedBody)) throw error;
      return `<p role="alert"><strong>${error.message}.</strong> The terminal says how.</p>`;
    }
  }

  /**
   * The feed, picture or other file at a path from the site's root. A page's path is looked for among the old addresses
   * only.
   */
  async fileAt(sitePath: string): Promise<FileSpec<FileBytes> | undefined> {
    const name = possibleOutputFile(sitePath);
    const loaded = this.#loaded;
    if (loaded === null || name === null) return undefined;
    if (!sitePath.startsWith("/pagefind/"))
      return fileIn(loaded, sitePath.endsWith("/") ? loaded.groups.slice(0, 1) : loaded.groups, name);
    loaded.searchFiles ??= loaded.plan.searchFiles().then(byName);
    return (await loaded.searchFiles).get(name);
  }

  #planned(loaded: LoadedBlog): Loaded {
    const { home, contentDir } = this.#options;
    const body = (key: string): Promise<StoredBody> => this.#body(key);
    const plan = planSite(loaded, { home, contentDir, work: this.#work, body });
    const about = {
      name: "about the pages",
      list: () => plan.filesAbout({ csp: "", listed: [], offline: null }),
    };
    return {
      ...{ blog: loaded.blog, plan, notes: loaded.notes, groups: [...plan.files, about] },
      ...{ pages: new Map(), files: new Map(), searchFiles: null },
    };
  }

  /** A stored body; that of a post with its own imports is asked of the dev server, which has Astro render it. */
  async #body(key: string): Promise<StoredBody & { extras: string }> {
    const stored = readBody(this.#store.bodies, key);
    if (stored !== null) return { ...stored, extras: "" };
    const post = this.#loaded?.blog.posts.find(({ body }) => body.key === key);
    if (post === undefined) throw new Error(`No body ${key}`);
    const page = await this.#options.fetchBodyPage(post.slug);
    if (!page.includes("</body>")) throw new FailedBody(`This post's own code failed (${post.file})`);
    return { ...bodyToStore(bodyOfPage(page).html), extras: extrasOf(page) };
  }
}

/** A service worker would show an author what was there before the last change. */
function withoutWorker(loaded: LoadedBlog): LoadedBlog {
  const settings = { ...loaded.blog.settings, offline: false };
  return { ...loaded, blog: { ...loaded.blog, settings } };
}

/**
 * Styles and scripts in the head of a body's page, but for Vite's client, which every page has by itself, and for the
 * scripts by which it exchanges styles: the page is loaded again anyhow, and they may still hold what was there before.
 */
function extrasOf(page: string): string {
  const head = page.slice(0, page.indexOf("</head>"));
  const found = head.match(/<style\b[^]*?<\/style>|<link\b[^>]*>|<script\b[^]*?<\/script>/g) ?? [];
  return found
    .filter((element) => !/^<script[^>]*(?:\/@vite\/client|type=style|\.css\b)/.test(element))
    .join("");
}

/** Looks through one group of files after the other. */
function fileIn(
  { files }: Loaded,
  groups: readonly FileGroup[],
  name: string,
): FileSpec<FileBytes> | undefined {
  for (const group of groups) {
    const listed = files.get(group) ?? byName(group.list());
    files.set(group, listed);
    const found = listed.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function byName(files: readonly FileSpec<FileBytes>[]): Files {
  return new Map(files.map((file) => [outputFile(file.path), file]));
}
