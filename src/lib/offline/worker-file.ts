import { hashOf } from "../cache/file-cache.ts";
import type { Blog } from "../content/model.ts";
import type { FileSpec } from "../site/outputs.ts";
import { IMMUTABLE_FOLDERS } from "../site/headers.ts";
import type { Settings } from "../site/settings.ts";
import { textFile } from "../site/text-file.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { WorkerPlan } from "./worker.ts";

/** Data about the rest of the site for the worker. */
export interface OfflineFacts {
  /** `src/client/service-worker.ts` as Vite bundles it: one script without imports. */
  readonly script: string;
  /** The rendered page `/offline/`. */
  readonly page: string;
  /** Client files, as paths below the output folder: `_astro/x.js`. */
  readonly client: readonly string[];
}

export interface WorkerFileOptions extends OfflineFacts {
  readonly settings: Pick<Settings, "lang" | "editor">;
  readonly urls: SiteUrls;
  /** Site paths of pages that must not stay in browsers, see {@link leavingPaths}. */
  readonly leave?: readonly string[];
}

/** Site paths of posts that are sensitive or were removed. */
export function leavingPaths(blog: Pick<Blog, "posts" | "tombstones">, urls: SiteUrls): string[] {
  const sensitive = blog.posts.filter(({ isSensitive }) => isSensitive);
  return [...sensitive, ...blog.tombstones].map(({ slug }) => urls.postPath(slug)).sort();
}

/** Maximum numbers of cached pages and files; together about 20 MB. */
const MOST = { pages: 80, files: 240 };

const PATIENCE_MS = 3000;

/** `/sw.js`: the plan, then the worker. The same code, files, offline page and settings give the same bytes. */
export function workerFile({
  settings,
  urls,
  page,
  client,
  leave = [],
  script,
}: WorkerFileOptions): FileSpec {
  const offlinePage = urls.path(urls.offlinePath());
  const shell = [offlinePage, ...shellOf(page, client, settings.lang).map((file) => urls.path(`/${file}`))];
  const plan: WorkerPlan = {
    version: hashOf(page, ...shell).slice(0, 12),
    base: urls.base,
    offlinePage,
    shell,
    immutable: IMMUTABLE_FOLDERS.map((folder) => urls.path(folder)),
    leave: leave.map((path) => urls.path(path)),
    untouched: ["/pagefind/", ...(settings.editor === null ? [] : [settings.editor.address])].map((path) =>
      urls.path(path),
    ),
    caches: { pages: `backfence ${urls.base} pages`, files: `backfence ${urls.base} files` },
    most: MOST,
    patienceMs: PATIENCE_MS,
  };
  return textFile(
    "/sw.js",
    `const BACKFENCE_WORKER_PLAN = ${JSON.stringify(plan, null, 1)};\n${script.trim()}\n`,
  );
}

/**
 * Files that any page may need: those of the offline page, the font, and scripts of controls, so that all of these work
 * without a connection. Excludes the giscus widget, which needs one anyway, and other languages.
 */
function shellOf(page: string, client: readonly string[], lang: string): string[] {
  const { language } = new Intl.Locale(lang);
  const names = client.map((file) => ({ file, name: file.slice(file.lastIndexOf("/") + 1) }));
  const wordFiles = names.filter(({ name }) => /^[a-z]{2}\.[^.]+\.js$/.test(name));
  const own = wordFiles.some(({ name }) => name.startsWith(`${language}.`)) ? language : "en";
  return names
    .filter(({ file, name }) => {
      if (/^giscus\b/.test(name)) return false;
      if (/^[a-z]{2}\.[^.]+\.js$/.test(name)) return name.startsWith(`${own}.`);
      return (
        /\.(?:js|woff2)$/.test(name) || /^(?:overlays|search)\./.test(name) || page.includes(`/${file}"`)
      );
    })
    .map(({ file }) => file)
    .sort();
}
