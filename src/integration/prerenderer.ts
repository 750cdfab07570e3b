import { availableParallelism } from "node:os";
import path from "node:path";
import type { AstroPrerenderer } from "astro";
import type { PageSpec } from "../lib/site/outputs.ts";
import type { Rendering } from "../lib/site/rendering.ts";
import { outputFile, type SiteUrls } from "../lib/site/urls.ts";
import { openWorkerPool, YOUNG_GENERATION_MB } from "../lib/worker-pool.ts";
import { AuthorError } from "../lib/author-error.ts";
import { withoutStack } from "./author-errors.ts";
import type { OutputStore } from "./output-store.ts";
import type { PageErrors } from "./page-errors.ts";
import type { RenderedBatch } from "./render-worker.ts";
import type { KeyedPage } from "./page-list.ts";
import {
  openPageRenderer,
  type MainThreadRendering,
  type PageJob,
  type RendererOptions,
  type RenderPage,
} from "./page-renderer.ts";
import { bodyKeysIn, isDamagedBody } from "./stored-body.ts";

/** Below this many pages, rendering stays in the main thread: starting a worker costs about as much as it saves. */
const MIN_PAGES_FOR_THREADS = 150;

/** Number of pages that a worker renders at a time. */
const BATCH = 40;

/** Number of batches being rendered or waiting for a worker; more would only take up memory. */
const BATCHES_AT_A_TIME = 2 * availableParallelism();

export interface PageSourceOptions {
  readonly pages: readonly KeyedPage[];
  readonly urls: SiteUrls;
  readonly store: OutputStore;
  /** Folder of the new site, absolute. */
  readonly outDir: string;
  /** Whether other integrations use the list of all pages, or may edit the files. */
  readonly isShared: boolean;
  readonly renderer: Omit<RendererOptions, "params">;
  readonly main: MainThreadRendering;
  readonly errors: PageErrors;
  /** Called with a log line before many pages are rendered. */
  readonly onLongWork: (line: string) => void;
  /** Renders a body again if it is missing or damaged in the cache. */
  readonly repairBody: (key: string) => Promise<unknown>;
}

/**
 * Renders Backfence's pages for Astro. A page whose key is in the store isn't rendered again; the others are rendered
 * in batches, in worker threads if there are many, before Astro requests them one by one.
 */
export class PageSource {
  readonly #options: PageSourceOptions;
  #byPathname: ReadonlyMap<string, KeyedPage>;
  /** Pages that are in the new site. */
  readonly #placed = new Set<KeyedPage>();

  constructor(options: PageSourceOptions) {
    this.#options = options;
    this.#byPathname = new Map(options.pages.map((page) => [this.#pathnameOf(page), page]));
  }

  /** Page list for the routes; views are created when they are read. */
  get listing(): Rendering {
    const byRoute = Map.groupBy(this.#options.pages, ({ route }) => route);
    const entriesOf = ({ params, view }: KeyedPage) => ({
      params,
      get view() {
        return view();
      },
    });
    return {
      ...this.#options.main,
      pagesOf: (route) => (byRoute.get(route) ?? []).map(entriesOf),
      bodyHtml: () => {
        throw new Error("A page was rendered before its data was provided");
      },
    };
  }

  /** Whether the page at a URL, with the base path, is one of Backfence's. */
  has(url: URL): boolean {
    return this.#byPathname.has(decodedPathname(url.pathname));
  }

  /** Whether there is a page at a path without the base path, as Astro lists it. */
  hasPath(pathname: string): boolean {
    return this.#atPath(pathname) !== undefined;
  }

  /**
   * Places stored pages in the new site, then renders and stores the others, which Astro writes. If other integrations
   * use the list of pages, Astro writes all of them.
   * @param paths of Backfence's pages, as Astro lists them; a page that is missing was replaced by one of the user's.
   */
  async make(paths: readonly { readonly pathname: string }[]): Promise<void> {
    const { store, isShared } = this.#options;
    const pages = paths.flatMap(({ pathname }) => this.#atPath(pathname) ?? []);
    this.#byPathname = new Map(pages.map((page) => [this.#pathnameOf(page), page]));
    const files = pages.map((page) => ({ page, key: page.key, target: this.#targetOf(page) }));
    for (const { page } of isShared ? [] : await store.place(files)) this.#placed.add(page);
    const missing = pages.filter((page) => !this.#placed.has(page) && !store.has(page.key));
    if (missing.length === 0) return;
    if (missing.length >= MIN_PAGES_FOR_THREADS)
      this.#options.onLongWork(`Rendering ${missing.length.toLocaleString("en")} pages…`);
    const batches = Array.from({ length: Math.ceil(missing.length / BATCH) }, (_, at) =>
      missing.slice(at * BATCH, (at + 1) * BATCH),
    ).values();
    const renderer = this.#open(missing.length);
    const work = async (): Promise<void> => {
      for (const batch of batches) {
        const rendered = await this.#rendered(batch, renderer.render);
        for (const [at, page] of batch.entries())
          await store.write(page.key, rendered[at] ?? new Uint8Array());
      }
    };
    await Promise.all(Array.from({ length: BATCHES_AT_A_TIME }, work)).finally(renderer.end);
    await store.settled();
  }

  /** Whether the page at a path, as Astro lists it, is in the new site. */
  isPlaced(pathname: string): boolean {
    const page = this.#atPath(pathname);
    return page !== undefined && this.#placed.has(page);
  }

  #pathnameOf(page: KeyedPage): string {
    return decodedPathname(this.#options.urls.path(page.path));
  }

  #targetOf(page: KeyedPage): string {
    return path.join(this.#options.outDir, outputFile(page.path));
  }

  #atPath(pathname: string): KeyedPage | undefined {
    return this.#byPathname.get(decodedPathname(this.#options.urls.base + pathname.replace(/^\//, "")));
  }

  /** The page's HTML as UTF-8. */
  async html(url: URL): Promise<Uint8Array<ArrayBuffer>> {
    const found = this.#byPathname.get(decodedPathname(url.pathname));
    if (found === undefined) throw new Error(`No page at ${url.pathname}`);
    const stored = this.#options.store.read(found.key);
    if (stored !== null) return stored;
    // Another build sharing the store has removed it.
    const [bytes = new Uint8Array()] = await this.#rendered([found], this.#open(1).render);
    await this.#options.store.write(found.key, bytes);
    return bytes;
  }

  async #rendered(pages: readonly KeyedPage[], render: RenderBatch): Promise<Uint8Array<ArrayBuffer>[]> {
    const { urls, repairBody } = this.#options;
    const jobs = pages.map(({ path, route, view }) => ({
      // Astro's URL of a page: that of `404.html` is `/404/`.
      url: urls.origin + urls.path(path).replace(/(?:\.html)?\/?$/, "/"),
      ...{ route, view: JSON.stringify(view()) },
    }));
    try {
      return await render(jobs);
    } catch (error) {
      if (!isDamagedBody(error)) throw error;
      for (const key of jobs.flatMap(({ view }) => bodyKeysIn(view))) await repairBody(key);
      return render(jobs);
    }
  }

  /** @param count number of pages to render. */
  #open(count: number): { readonly render: RenderBatch; readonly end: () => Promise<void> } {
    const options: RendererOptions = { ...this.#options.renderer, params: paramsOf(this.#options.pages) };
    if (count < MIN_PAGES_FOR_THREADS) {
      const renderer = openPageRenderer(options, this.#options.main, this.#options.errors);
      let last: Promise<unknown> = Promise.resolve();
      const render: RenderBatch = (jobs) => {
        const done = last.then(async () => inOrder(await renderer, jobs));
        last = done.catch(() => undefined);
        return done;
      };
      return { render, end: () => Promise.resolve() };
    }
    const module = new URL(`./render-worker${import.meta.filename.slice(-3)}`, import.meta.url);
    const pool = openWorkerPool<readonly PageJob[], RenderedBatch>({
      ...{ module, data: options, isKept: true, youngGenerationMb: YOUNG_GENERATION_MB },
    });
    const render: RenderBatch = async (jobs) => {
      const { pages, issues } = await pool.run(jobs);
      if (issues.length === 0) return pages;
      const failed = new AuthorError(issues);
      withoutStack(failed);
      throw failed;
    };
    return { render, end: () => pool.end() };
  }
}

type RenderBatch = (jobs: readonly PageJob[]) => Promise<Uint8Array<ArrayBuffer>[]>;

async function inOrder(render: RenderPage, jobs: readonly PageJob[]): Promise<Uint8Array<ArrayBuffer>[]> {
  const pages: Uint8Array<ArrayBuffer>[] = [];
  for (const job of jobs) pages.push(await render(job));
  return pages;
}

/** Parameters of pages by route. */
export function paramsOf(pages: readonly Pick<PageSpec, "route" | "params">[]): RendererOptions["params"] {
  const byRoute: Record<string, PageSpec["params"][]> = {};
  for (const { route, params } of pages) (byRoute[route] ??= []).push(params);
  return byRoute;
}

/** Normal form of a pathname: decoded, NFC, without a trailing `/`, `.html` or `/index`. */
export function decodedPathname(pathname: string): string {
  return decodeURI(pathname)
    .normalize("NFC")
    .replace(/(?:\/index)?(?:\.html)?\/?$/, "");
}

type PathWithRoute = Awaited<ReturnType<AstroPrerenderer["getStaticPaths"]>>[number];

/** Options of {@link backfencePrerenderer}. */
export interface PrerendererOptions {
  /** Called when the bundle exists, before pages are listed. */
  readonly open: (standard: AstroPrerenderer) => Promise<PageSource>;
  /** Whether a route is internal and has no page in the output. */
  readonly isHidden: (pathname: string) => boolean;
  /** Wraps the rendering of pages; may rephrase errors. */
  readonly guard: <T>(run: () => Promise<T>) => Promise<T>;
  /** Called with each page that isn't one of Backfence's; returns an equal response whose body hasn't been read. */
  readonly onOther?: (url: URL, response: Response) => Promise<Response>;
  /** Whether Astro may take a page that isn't one of Backfence's from its own cache, if the page has a key. */
  readonly mayRestore: (pathname: string) => boolean;
  /** Whether a route's file, by its path from the root, is one of Backfence's. */
  readonly isOwnRoute: (component: string) => boolean;
  readonly errors: PageErrors;
}

/** Astro's prerenderer with Backfence's pages from a {@link PageSource}. */
export function backfencePrerenderer(
  standard: AstroPrerenderer,
  { open, guard, isHidden, isOwnRoute, mayRestore, onOther, errors }: PrerendererOptions,
): AstroPrerenderer {
  let pages: PageSource | null = null;
  /** Renders a page for Astro and shortens the log line of an author error. */
  const forAstro = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      // Astro logs the error as a string, and prints its message at the end.
      if (error instanceof AuthorError) error.toString = () => "see the error below.";
      throw error;
    }
  };
  return {
    ...standard,
    name: "backfence",
    async setup() {
      await standard.setup?.();
      pages = await open(standard);
    },
    async getStaticPaths() {
      const all = await standard.getStaticPaths().catch((error: unknown) => {
        throw errors.named(error, "The pages can't be listed");
      });
      const isOwn = ({ route }: PathWithRoute): boolean => isOwnRoute(route.component);
      const others = all.filter((one) => !isOwn(one));
      const taken = new Set(others.map(({ pathname }) => decodedPathname(pathname)));
      // A route without parameters is listed even when the blog has no such page, such as one without notes.
      const own = all.filter(
        (one) =>
          isOwn(one) &&
          !isHidden(one.pathname) &&
          !taken.has(decodedPathname(one.pathname)) &&
          (one.route.type === "endpoint" || (pages?.hasPath(one.pathname) ?? false)),
      );
      await guard(async () => pages?.make(own));
      const left = new Set([...others, ...own.filter(({ pathname }) => pages?.isPlaced(pathname) !== true)]);
      return all
        .filter((one) => left.has(one))
        .map(({ cacheKey, ...one }) =>
          cacheKey === undefined || !mayRestore(one.pathname) ? one : { ...one, cacheKey },
        );
    },
    async render(request, options) {
      const url = new URL(request.url);
      const source = pages;
      if (source === null || !source.has(url)) {
        const result = await forAstro(async () => {
          const rendered = await standard.render(request, options);
          errors.throwOf(request.url);
          return rendered;
        });
        if (onOther === undefined) return result;
        return "response" in result
          ? { ...result, response: await onOther(url, result.response) }
          : onOther(url, result);
      }
      return {
        response: new Response(await forAstro(() => guard(() => source.html(url)))),
      };
    },
  };
}
