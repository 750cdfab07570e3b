import path from "node:path";
import { FileCache } from "../lib/cache/file-cache.ts";
import { readBody } from "../lib/markup/render-body.ts";
import { loadBlog, type LoadedBlog } from "../lib/posts/load-blog.ts";
import type { Blog } from "../lib/posts/model.ts";
import type { FileSpec, PageSpec } from "../lib/site/outputs.ts";
import { bodyOfPage } from "./module-bodies.ts";
import { planSite, type SitePlan } from "./plan-site.ts";

/** The blog as the dev server shows it: loaded again after every change, the last good state kept on a mistake. */
export class DevSite {
  readonly #options: { root: string; contentDir: string; cacheDir: string };
  readonly #bodies: FileCache;
  readonly #work: string;
  #current: {
    loaded: LoadedBlog;
    plan: SitePlan;
    pages: Map<string, PageSpec[]>;
    files: Map<string, FileSpec>;
  } | null = null;
  #reloading: Promise<void> = Promise.resolve();

  constructor(options: { root: string; contentDir: string; cacheDir: string }) {
    this.#options = options;
    this.#work = path.join(options.cacheDir, "dev");
    this.#bodies = new FileCache(path.join(this.#work, "bodies"));
  }

  /** @throws AuthorError with every mistake; what was loaded before stays. */
  async load(): Promise<void> {
    const loaded = await loadBlog({ ...this.#options, cacheDir: this.#work, mode: "dev", now: new Date() });
    const plan = planSite(loaded, { bodies: this.#bodies, work: this.#work, engineVersion: "dev" });
    const pages = Map.groupBy(plan.pages, (page) => page.route);
    const files = new Map(plan.files("").map((file) => [file.path, file]));
    for (const file of await plan.searchFiles()) files.set(file.path, file);
    this.#current = { loaded, plan, pages, files };
  }

  /** Like {@link load}, one after the other however fast files are saved. */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.catch(() => undefined).then(() => this.load());
    return this.#reloading;
  }
}
