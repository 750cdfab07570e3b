import path from "node:path";
import type { AstroIntegrationLogger } from "astro";
import { AuthorError } from "../lib/author-error.ts";
import { readBody, type StoredBody } from "../lib/markdown/body-file.ts";
import { bodyToStore } from "../lib/markdown/render-body.ts";
import type { BackfencePluginOptions, BodySources } from "../lib/markdown/mdx-plugin.ts";
import { openContentStore, type ContentStore } from "../lib/content/content-store.ts";
import { loadBlog, type LoadedBlog, type WatchedChanges } from "../lib/content/load-blog.ts";
import type { EditorPart } from "../lib/editor/editor-files.ts";
import { readEmbeds } from "../lib/embeds/embeds-file.ts";
import { linkResultsFile, readLinkResults } from "../lib/external-links/link-results.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import {
  wholeFile,
  type FileBytes,
  type FileGroup,
  type FileSpec,
  type PageSpec,
} from "../lib/site/outputs.ts";
import type { Rendering } from "../lib/site/rendering.ts";
import type { Settings } from "../lib/site/settings.ts";
import { outputFile, possibleOutputFile, siteUrls } from "../lib/site/urls.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";
import type { OnLoad } from "./blog-hook.ts";
import { planSite, type SitePlan } from "./plan-site.ts";
import type { Project } from "./project.ts";
import type { MarkdownOptions } from "../lib/markdown/markdown-options.ts";
import { rendererWith } from "./markdown-plugins.ts";
import { findUserPages } from "./user-pages.ts";
import { mdxPostsOf, type MdxPost } from "./vite/mdx-posts.ts";

export interface DevSessionOptions {
  readonly project: Project;
  readonly now: () => Date;
  /** The user's Markdown plug-ins. */
  readonly markdown: MarkdownOptions;
  readonly logger: Pick<AstroIntegrationLogger, "warn">;
  readonly editorParts: readonly EditorPart[];
}

/** Changes in the author's folder as a watcher reports them. */
export interface Changes {
  /** Absolute paths. */
  readonly files: Set<string>;
  /** No file was added or removed. */
  isListSame: boolean;
}

type Files = ReadonlyMap<string, FileSpec<FileBytes>>;

interface Loaded {
  readonly loaded: LoadedBlog;
  readonly plan: SitePlan;
  /** Pages of the routes that were asked for. */
  readonly pages: Map<PageGroup, readonly PageSpec[]>;
  /** Pages of the site and of the desk. */
  readonly pageGroups: readonly PageGroup[];
  /** Redirects first, then all other files. */
  readonly groups: readonly FileGroup[];
  /** Files of the groups in which one was looked for. */
  readonly files: Map<FileGroup, Files>;
  /** The search index, made when a reader first searches. */
  searchFiles: Promise<Files> | null;
}

/** The blog as `astro dev` shows it: loaded again after every change; after an error the last good state stays. */
export class DevSession {
  readonly #options: DevSessionOptions;
  readonly #work: string;
  readonly #store: ContentStore;
  readonly #sources: BodySources = new Map();
  readonly #followers = new Map<string, OnLoad>();
  #loaded: Loaded | null = null;
  #errors: AuthorError | null = null;
  /** Paths of files that routes make: Astro serves them. */
  routed: ReadonlySet<string> = new Set();
  /** Renders the text of a post with imports to HTML; set once the server runs. */
  renderMdx: (slug: string) => Promise<string> = () => Promise.reject(new Error("The server isn't running"));

  constructor(options: DevSessionOptions) {
    this.#options = options;
    this.#work = path.join(options.project.cacheDir, "dev");
    this.#store = openContentStore({ root: options.project.home, cacheDir: this.#work });
  }

  /**
   * Reads the author's folder; call it again only after it has ended. After errors, `errors` holds them and what was
   * loaded before stays.
   * @param changes since the last call; null = no watcher events yet, scan everything.
   */
  async load(changes: Changes | null = null): Promise<void> {
    const { project, now } = this.#options;
    const watched = changes === null ? undefined : this.#watched(changes);
    try {
      const loaded = await loadBlog({
        ...project,
        root: project.home,
        cacheDir: this.#work,
        mode: "dev",
        now: now(),
        store: this.#store,
        watched,
        render: rendererWith(this.#options.markdown),
      });
      this.#loaded = this.#planned(withoutServiceWorker(loaded));
      this.#errors = null;
      for (const onLoad of this.#followers.values()) onLoad(loaded);
    } catch (error) {
      if (!(error instanceof AuthorError)) throw error;
      this.#errors = error;
    }
  }

  #watched({ files, isListSame }: Changes): WatchedChanges {
    const { home, contentDir } = this.#options.project;
    const fromHome = (file: string): string => path.relative(home, file).split(path.sep).join("/");
    const folder = `${fromHome(contentDir)}/`;
    const changed = new Set([...files].map(fromHome));
    return { isListSame, mayHaveChanged: (file) => !file.startsWith(folder) || changed.has(file) };
  }

  /** Errors that the author has to fix before the blog can be shown as it is written, or null. */
  get errors(): AuthorError | null {
    return this.#errors;
  }

  /** Whether the blog could be loaded once. */
  get isLoaded(): boolean {
    return this.#loaded !== null;
  }

  /**
   * Calls a function after each later load without errors.
   * @param name whose function it is: the next one of the same name takes its place.
   * @returns the blog as it was loaded last without errors; null when it never was.
   */
  follow(name: string, onLoad: OnLoad): Promise<LoadedBlog | null> {
    this.#followers.set(name, onLoad);
    return Promise.resolve(this.#loaded?.loaded ?? null);
  }

  get notes(): readonly string[] {
    return this.#loaded?.loaded.notes ?? [];
  }

  get settings(): Settings {
    const { contentDir, home: root } = this.#options.project;
    return this.#loaded?.loaded.blog.settings ?? findSettings({ contentDir, root }).settings;
  }

  /** Options of the Markdown plug-in. */
  get bodyOptions(): BackfencePluginOptions {
    const { home, contentDir } = this.#options.project;
    const folder = `${path.relative(home, contentDir).replaceAll("\\", "/")}/`;
    return {
      root: home,
      base: siteUrls(this.settings).base,
      pictures: this.#store.pictures,
      langOf: (file) => this.#posts.find((post) => post.file === file)?.lang ?? this.settings.lang,
      isNote: (file) => this.#posts.find((post) => post.file === file)?.isTitled === false,
      words: this.settings.words,
      isContent: (file) => file.startsWith(folder),
      markdown: () => ({
        ...this.#options.markdown,
        remoteImages: this.settings.remoteImages,
        embeds: readEmbeds(contentDir, home),
        texts: this.#loaded?.loaded.texts,
      }),
      sources: this.#sources,
    };
  }

  get #posts() {
    return this.#loaded?.loaded.blog.posts ?? [];
  }

  /** Posts that Astro renders. */
  get mdxPosts(): readonly MdxPost[] {
    return mdxPostsOf(this.#posts, this.#options.project.home);
  }

  /** The slug of the post whose text Astro renders, by the key of its body; null for other texts. */
  mdxSlugOf(key: string): string | null {
    return this.#posts.find(({ body }) => body.kind === "module" && body.key === key)?.slug ?? null;
  }

  pagesOf(route: string): readonly PageSpec[] {
    if (this.#loaded === null) return [];
    const { pageGroups, pages } = this.#loaded;
    return pageGroups
      .filter(({ routes }) => routes.includes(route))
      .flatMap((group) => {
        const made = pages.get(group) ?? group.pages();
        pages.set(group, made);
        return made.filter((page) => page.route === route);
      });
  }

  /** Head and surroundings of a page of the user's own. @throws Error while the content has errors. */
  readonly userPage: Rendering["userPage"] = (page) => {
    if (this.#loaded === null) throw new Error("The blog has errors; see the terminal");
    return this.#loaded.plan.userPage(page);
  };

  /** The bytes of a feed. @throws Error when there is none. */
  async feed(sitePath: string): Promise<Uint8Array> {
    const file = await this.fileAt(sitePath);
    if (file === undefined) throw new Error(`The blog has no feed ${sitePath}`);
    return wholeFile(await file.make());
  }

  /** A text as its page shows it; empty for one that Astro renders in its place. */
  async bodyOnPage(key: string): Promise<string> {
    return this.mdxSlugOf(key) === null ? (await this.#body(key)).html : "";
  }

  /**
   * The feed, image or other file at a path from the site's root. For the path of a page only redirects are searched.
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
    const { project, logger, editorParts } = this.#options;
    const onNote = (note: string): void => logger.warn(note);
    const userPages = findUserPages(project.pagesDir);
    const body = (key: string) => this.#body(key);
    const sources = {
      ...project,
      work: this.#work,
      body,
      userPages,
      onNote,
      editorParts,
      drawsOnDemand: true,
    };
    const plan = planSite(loaded, sources);
    const desk = plan.desk(() => ({
      now: this.#options.now(),
      errors: this.#errors?.issues ?? [],
      notes: loaded.notes,
      linkResults: readLinkResults(linkResultsFile(path.join(project.root, ".cache/check"))),
    }));
    const about = {
      name: "about the pages",
      list: () => plan.filesAbout({ csp: "", listed: [], offline: null }),
    };
    return {
      ...{
        loaded,
        plan,
        pageGroups: [...plan.pages, desk.pages],
        groups: [...plan.files, about, desk.files],
      },
      ...{ pages: new Map(), files: new Map(), searchFiles: null },
    };
  }

  async #body(key: string): Promise<StoredBody> {
    const stored = readBody(this.#store.bodies, key);
    if (stored !== null) return stored;
    const slug = this.mdxSlugOf(key);
    if (slug === null) throw new Error(`No body ${key}`);
    return bodyToStore(await this.renderMdx(slug));
  }
}

/** A service worker would show pages from before the last change. */
function withoutServiceWorker(loaded: LoadedBlog): LoadedBlog {
  const settings = { ...loaded.blog.settings, offline: false };
  return { ...loaded, blog: { ...loaded.blog, settings } };
}

/** Searches one group of files after the other. */
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
