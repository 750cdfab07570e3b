import path from "node:path";
import { FileCache } from "../lib/cache/file-cache.ts";
import { readBody } from "../lib/markup/render-body.ts";
import { loadBlog, type LoadedBlog } from "../lib/posts/load-blog.ts";
import type { ContentStore } from "../lib/posts/content-store.ts";
import type { Blog } from "../lib/posts/model.ts";
import type { PictureResolver } from "../lib/pictures/picture-resolver.ts";
import type { FileSpec, PageSpec } from "../lib/site/outputs.ts";
import { outputFile } from "../lib/site/urls.ts";
import { MODULE_ROUTE, modulePages, modulePosts } from "./module-bodies-plugin.ts";
import { bodyOfPage } from "./module-bodies.ts";
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

interface Loaded {
  readonly blog: Blog;
  readonly plan: SitePlan;
  readonly pages: ReadonlyMap<string, readonly PageSpec[]>;
  readonly files: ReadonlyMap<string, FileSpec>;
  /** The search index, made when a reader first searches. */
  searchFiles: Promise<ReadonlyMap<string, FileSpec>> | null;
}

/** The blog as the dev server shows it: loaded again after every change, the last good state kept on a mistake. */
export class DevSite {
  readonly #options: DevSiteOptions;
  readonly #work: string;
  readonly #bodies: FileCache;
  #store: ContentStore | undefined;
  #loaded: Loaded | null = null;
  #loading: Promise<void> = Promise.resolve();

  constructor(options: DevSiteOptions) {
    this.#options = options;
    this.#work = path.join(options.cacheDir, "dev");
    this.#bodies = new FileCache(path.join(this.#work, "bodies"));
  }

  /**
   * Reads the author's folder, one time after the other however fast files are saved.
   * @throws AuthorError with every mistake; what was loaded before stays.
   */
  load(): Promise<void> {
    const loading = this.#loading.then(() => this.#loadNow());
    this.#loading = loading.catch(() => undefined);
    return loading;
  }

  get blog(): Blog {
    return this.#now().blog;
  }

  get pictures(): PictureResolver {
    if (this.#store === undefined) throw new Error("The blog isn't loaded yet");
    return this.#store.pictures;
  }

  pagesOf(route: string): readonly PageSpec[] {
    const { pages, blog } = this.#now();
    return route === MODULE_ROUTE
      ? modulePages(modulePosts(blog.posts, this.#options.home))
      : (pages.get(route) ?? []);
  }

  /** The HTML of a body; that of a post with its own imports is asked of the dev server, which has Astro render it. */
  async bodyHtml(key: string): Promise<string> {
    const stored = readBody(this.#bodies, key);
    if (stored !== null) return stored.html;
    const post = this.blog.posts.find(({ body }) => body.key === key);
    if (post === undefined) throw new Error(`No body ${key}`);
    return bodyOfPage(await this.#options.fetchBodyPage(post.slug)).html;
  }

  /** The feed, picture or other file at a path from the site's root. */
  async fileAt(sitePath: string): Promise<FileSpec | undefined> {
    const loaded = this.#now();
    const name = outputFile(sitePath);
    if (!sitePath.startsWith("/pagefind/")) return loaded.files.get(name);
    loaded.searchFiles ??= loaded.plan.searchFiles().then(byName);
    return (await loaded.searchFiles).get(name);
  }

  async #loadNow(): Promise<void> {
    const options = {
      ...this.#options,
      root: this.#options.home,
      cacheDir: this.#work,
      mode: "dev",
      now: new Date(),
    } as const;
    const loaded = withoutWorker(await loadBlog({ ...options, store: this.#store }));
    this.#store = loaded.store;
    const plan = planSite(loaded, {
      home: this.#options.home,
      contentDir: this.#options.contentDir,
      work: this.#work,
      bodyHtml: (key) => this.bodyHtml(key),
    });
    this.#loaded = {
      blog: loaded.blog,
      plan,
      pages: Map.groupBy(plan.pages, (page) => page.route),
      files: byName([...plan.files(), ...plan.filesAbout({ csp: "", listed: [], offline: null })]),
      searchFiles: null,
    };
  }

  #now(): Loaded {
    if (this.#loaded === null) throw new Error("The blog isn't loaded yet");
    return this.#loaded;
  }
}

/** A service worker would show an author what was there before the last change. */
function withoutWorker(loaded: LoadedBlog): LoadedBlog {
  const settings = { ...loaded.blog.settings, offline: false };
  return { ...loaded, blog: { ...loaded.blog, settings } };
}

function byName(files: readonly FileSpec[]): Map<string, FileSpec> {
  return new Map(files.map((file) => [outputFile(file.path), file]));
}
