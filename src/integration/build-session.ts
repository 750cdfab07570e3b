import path from "node:path";
import { pathToFileURL } from "node:url";
import type { AstroIntegrationLogger, AstroPrerenderer } from "astro";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import { codeVersion } from "../lib/code-version.ts";
import { bodiesDir, openContentStore, type ContentStore } from "../lib/content/content-store.ts";
import { type LoadedBlog, loadBlog } from "../lib/content/load-blog.ts";
import type { Blog } from "../lib/content/model.ts";
import type { EditorPart } from "../lib/editor/editor-files.ts";
import { readEmbeds } from "../lib/embeds/embeds-file.ts";
import { withIndexThread } from "../lib/search/index-thread.ts";
import { searchFiles } from "../lib/search/search-files.ts";
import type { StoredBody } from "../lib/markdown/body-file.ts";
import type { BackfencePluginOptions, BodySources } from "../lib/markdown/mdx-plugin.ts";
import type { Settings } from "../lib/site/settings.ts";
import { wholeFile } from "../lib/site/outputs.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { prepareForHosts } from "../lib/hosts/after-build.ts";
import { heldBackLines } from "./held-back-lines.ts";
import { mdxBodyRenderer, renderMdxBodies, withMdxBodies, type MdxBody } from "./mdx-bodies.ts";
import { withoutStack } from "./author-errors.ts";
import { contentPolicyOf, isListedFile, offlineFactsOf } from "./built-site.ts";
import { OutputStore } from "./output-store.ts";
import { listPages, type KeyedPage } from "./page-list.ts";
import { PageErrors } from "./page-errors.ts";
import { loadRenderEntry } from "./page-renderer.ts";
import type { BuildStep } from "./options.ts";
import type { MarkdownOptions, TextIndex } from "../lib/markdown/markdown-options.ts";
import { rendererWith } from "./markdown-plugins.ts";
import { SearchPages } from "./search-pages.ts";
import { findSearchableRoutes, findUserPages, type UserPage } from "./user-pages.ts";
import { planSite, searchCache, type SitePlan } from "./plan-site.ts";
import { decodedPathname, PageSource } from "./prerenderer.ts";
import type { Project } from "./project.ts";
import { checkPublicLinks } from "./public-links.ts";
import { publish } from "./publish.ts";
import { removeLeftovers } from "./staging.ts";
import { repairingReader } from "./stored-body.ts";
import { type MdxPost, mdxPostsOf } from "./vite/mdx-posts.ts";
import type { ServerBundle } from "./vite/server-bundle.ts";
import { writeOutputs, type WriteOptions } from "./write-outputs.ts";

export interface BuildSessionOptions {
  readonly project: Project;
  readonly now: Date;
  /** Folder that Astro builds into, absolute; {@link BuildSession.publish} replaces `outDir` with it. */
  readonly staging: string;
  readonly onStep: (step: BuildStep) => void;
  /** The user's Markdown plug-ins. */
  readonly markdown: MarkdownOptions;
  /** Hash of the user's configuration and lock file. */
  readonly configHash: string;
  readonly logger: Pick<AstroIntegrationLogger, "info" | "warn">;
  readonly editorParts: readonly EditorPart[];
}

/** One `astro build`: content is read while Vite bundles; pages, feeds, images and search follow. */
export class BuildSession {
  readonly #options: BuildSessionOptions;
  readonly #load: () => Promise<LoadedBlog>;
  readonly #loaded: Promise<LoadedBlog>;
  readonly #content: ContentStore;
  readonly #searchPages = new SearchPages();
  readonly #sources: BodySources = new Map();
  readonly #langs = new Map<string, string>();
  /** Files of posts without a title. */
  readonly #notes = new Set<string>();
  #texts: TextIndex | undefined;
  /** Errors thrown while pages are rendered. */
  readonly errors: PageErrors;
  readonly #store: OutputStore;
  readonly #version: string;
  readonly #removed: Promise<void>;
  #bundle: ServerBundle | null = null;
  #outputs: Promise<unknown> = Promise.resolve();
  /** Writing of the search index, from content that is read while Vite bundles. */
  readonly #search: Promise<void>;
  /** The blog including the bodies that Astro renders. */
  readonly #whole = Promise.withResolvers<Blog>();
  readonly #userPages: readonly UserPage[];
  /** Renders a post that has imports; null until the server bundle exists. */
  #renderBody: ((post: MdxPost) => Promise<string>) | null = null;
  /** Reads a rendered body by its key; renders it again if it is damaged. */
  readonly #body: (key: string) => Promise<StoredBody>;
  #plan: SitePlan | null = null;
  #pages: readonly KeyedPage[] = [];

  constructor(options: BuildSessionOptions) {
    this.#options = options;
    const { project, now, markdown, configHash } = options;
    this.errors = new PageErrors(project);
    this.#version = hashOf(codeVersion(), configHash);
    const cacheDir = project.cacheDir;
    const engineVersion = this.#version;
    this.#content = openContentStore({ root: project.home, cacheDir, engineVersion });
    this.#store = new OutputStore(path.join(cacheDir, "outputs"));
    this.#load = () =>
      loadBlog({
        ...project,
        root: project.home,
        cacheDir,
        mode: "build",
        now,
        render: rendererWith(markdown),
        env: process.env,
        store: this.#content,
      });
    this.#removed = removeLeftovers(cacheDir);
    this.#loaded = this.#load();
    this.#loaded.catch(withoutStack);
    this.#loaded.then(
      ({ blog, texts }) => {
        this.#texts = texts;
        for (const { file, lang, isTitled } of blog.posts) {
          this.#langs.set(file, lang);
          if (!isTitled) this.#notes.add(file);
        }
      },
      () => undefined,
    );
    this.#body = repairingReader(this.#content.bodies, async () => {
      await this.#load();
      await this.#renderBodies();
    });
    this.#userPages = findUserPages(project.pagesDir);
    this.#search = this.#loaded.then(({ blog }) => this.#writeSearch(blog));
    this.#search.catch(() => undefined);
  }

  async #renderBodies(): Promise<MdxBody[]> {
    const render = this.#renderBody;
    return render === null ? [] : renderMdxBodies(await this.mdxPosts(), this.#content.bodies, render);
  }

  async #writeFiles(plan: SitePlan): Promise<void> {
    for (const group of plan.files) await writeOutputs(group.list(), this.#writing);
  }

  /** @param blog as loaded: bodies that Astro renders are added later, as are the user's own pages. */
  async #writeSearch(blog: Blog): Promise<void> {
    const { project, logger } = this.#options;
    const urls = siteUrls(blog.settings, [...blog.posts, ...blog.tombstones]);
    const isWhole = mdxPostsOf(blog.posts, project.home).length === 0;
    const routes = findSearchableRoutes(project.pagesDir);
    const pages = this.#searchPages.open(this.#userPages, routes, urls);
    await withIndexThread(searchCache(project.cacheDir), async (thread) => {
      const files = await searchFiles(blog, {
        ...{ urls, thread, pages, whole: isWhole ? undefined : this.#whole.promise },
        bodyHtml: async ({ body }) => (await this.#body(body.key)).html,
        cacheDir: searchCache(project.cacheDir),
        onNote: (note) => logger.warn(note),
      });
      // Before this, Vite may still empty the staging folder.
      await this.#whole.promise;
      await writeOutputs(files, this.#writing);
    });
  }

  get root(): string {
    return this.#options.project.root;
  }

  get contentDir(): string {
    return this.#options.project.contentDir;
  }

  /** The loaded blog with its notes and texts. @throws AuthorError as {@link blog}. */
  get loaded(): Promise<LoadedBlog> {
    return this.#loaded;
  }

  /** The checked blog. @throws AuthorError with every error in the author's folder. */
  async blog(): Promise<Blog> {
    return (await this.#loaded).blog;
  }

  async mdxPosts(): Promise<readonly MdxPost[]> {
    return mdxPostsOf((await this.blog()).posts, this.#options.project.home);
  }

  /** Options of the Markdown plug-in. */
  bodyOptions(settings: Settings): BackfencePluginOptions {
    const { home, contentDir } = this.#options.project;
    const folder = `${path.relative(home, contentDir).replaceAll("\\", "/")}/`;
    return {
      root: home,
      base: siteUrls(settings).base,
      pictures: this.#content.pictures,
      langOf: (file) => this.#langs.get(file) ?? settings.lang,
      isNote: (file) => this.#notes.has(file),
      words: settings.words,
      isContent: (file) => file.startsWith(folder),
      markdown: () => ({
        ...this.#options.markdown,
        remoteImages: settings.remoteImages,
        embeds: readEmbeds(contentDir, home),
        texts: this.#texts,
      }),
      sources: this.#sources,
    };
  }

  /** Paths of files generated by routes of the user or of other integrations. */
  routed: ReadonlySet<string> = new Set();

  /** Whether other integrations run after pages are rendered: they get the list of all pages and may edit the files. */
  arePagesShared = true;

  set bundle(bundle: ServerBundle) {
    this.#bundle = bundle;
  }

  /** Renders bodies that need Astro, lists all pages and starts writing all other files. */
  async open(standard: AstroPrerenderer): Promise<PageSource> {
    const { project, staging, onStep, logger, editorParts } = this.#options;
    const onNote = (note: string): void => logger.warn(note);
    const loaded = await this.#loaded;
    loaded.notes.forEach(onNote);
    checkPublicLinks(project);
    onStep("content");
    const bundle = this.#bundle;
    if (bundle === null) throw new Error("Vite has written no server bundle");
    const { settings, posts, tombstones } = loaded.blog;
    const urls = siteUrls(settings, [...posts, ...tombstones]);
    const { app, provideRendering, catchPageErrors } = await loadRenderEntry(bundle.entry);
    catchPageErrors(this.errors.onPageError);
    // Later, Astro would import these with their pages and log an error with its stack.
    for (const file of bundle.own)
      await import(pathToFileURL(file).href).catch((error: unknown) => {
        throw this.errors.named(error, "The code of a page can't be loaded");
      });
    this.#renderBody = mdxBodyRenderer({ app, standard, urls, home: project.home, errors: this.errors });
    const blog = withMdxBodies(loaded.blog, await this.#renderBodies());
    this.#whole.resolve(blog);
    onStep("bodies");
    const plan = planSite(
      { ...loaded, blog },
      {
        ...{ ...project, work: project.cacheDir, body: this.#body },
        ...{ userPages: this.#userPages, onNote, editorParts },
      },
    );
    this.#plan = plan;
    const codeHash = hashOf(this.#version, bundle.hash);
    this.#pages = listPages(plan.pages, codeHash, new FileCache(path.join(project.cacheDir, "pages")));
    onStep("pages listed");
    this.#outputs = Promise.all([this.#writeFiles(plan), this.#search]);
    this.#outputs.catch(() => undefined);
    const source = new PageSource({
      ...{ pages: this.#pages, outDir: staging, isShared: this.arePagesShared },
      urls,
      store: this.#store,
      onLongWork: (line) => logger.info(line),
      main: {
        userPage: (page) => this.#planned.userPage(page),
        file: (sitePath) => this.#file(sitePath),
      },
      errors: this.errors,
      repairBody: this.#body,
      renderer: {
        entry: bundle.entry,
        bodiesDir: bodiesDir(project.cacheDir),
        folders: { root: project.root, contentDir: project.contentDir },
      },
    });
    provideRendering(source.listing);
    return source;
  }

  /** Adds one of the user's own pages to the search index. */
  takePage(url: URL, response: Response): Promise<Response> {
    return this.#searchPages.take(url, response);
  }

  /** Whether the search index needs the page of a route with parameters. @param pathname as Astro lists it. */
  isSearched(pathname: string): boolean {
    return this.#searchPages.isWanted(pathname.replace(/\/?$/, "/"));
  }

  /** A feed, from the store if possible. */
  async #file(sitePath: string): Promise<Uint8Array> {
    const feeds = this.#planned.files.find(({ name }) => name === "feeds");
    const spec = feeds?.list().find(({ path }) => path === sitePath);
    if (spec === undefined) throw new Error(`The blog has no feed ${sitePath}`);
    const key = hashOf(this.#version, spec.path, spec.key);
    const stored = this.#store.read(key);
    if (stored !== null) return stored;
    const bytes = wholeFile(await spec.make());
    await this.#store.write(key, bytes);
    return bytes;
  }

  get #writing(): WriteOptions {
    const { staging, project } = this.#options;
    return {
      ...{ store: this.#store, codeHash: this.#version, outDir: staging },
      ...{ publicDir: project.publicDir, routed: this.routed },
    };
  }

  get #planned(): SitePlan {
    if (this.#plan === null) throw new Error("The build has made no pages");
    return this.#plan;
  }

  /** Waits for all files, then writes those that describe the pages. */
  async finish(built: readonly { readonly pathname: string }[]): Promise<void> {
    const { staging, onStep } = this.#options;
    onStep("rendered");
    this.#searchPages.close();
    await this.#outputs;
    onStep("files");
    const plan = this.#planned;
    const own = new Set(this.#pages.map((page) => decodedPathname(page.path)));
    const others = built
      .map(({ pathname }) => `/${pathname}`)
      .filter((pathname) => !own.has(decodedPathname(pathname)) && isListedFile(staging, pathname));
    const listed = [...this.#pages.filter(({ isListed }) => isListed).map((page) => page.path), ...others];
    const files = plan.filesAbout({
      csp: contentPolicyOf(staging),
      listed,
      offline: offlineFactsOf(staging, this.#pages),
    });
    await writeOutputs(files, this.#writing);
  }

  /** Replaces the published folder. @returns lines to log at the end of the build. */
  async publish(): Promise<string[]> {
    const { project, staging, onStep, logger } = this.#options;
    const { url, precompress } = this.#planned.blog.settings;
    const { home: root, cacheDir } = project;
    const { notes } = await prepareForHosts({ root, siteDir: staging, cacheDir, url, precompress });
    notes.forEach((note) => logger.warn(note));
    await this.#store.settled();
    await this.#store.end();
    const removed = this.#store.save();
    onStep("saved");
    const { written, size } = this.#store;
    await this.#removed;
    publish(staging, project.outDir);
    onStep("published");
    const isFirst = written === size && removed === 0;
    const built = `Built ${written} ${written === 1 ? "file" : "files"}`;
    const counts = isFirst ? built : `${built} (unchanged: ${size - written}, removed: ${removed})`;
    return [`${counts}.`, ...heldBackLines(this.#planned.blog.heldBack)];
  }
}
