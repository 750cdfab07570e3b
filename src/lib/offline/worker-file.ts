import { hashOf } from "../cache/file-cache.ts";
import type { FileSpec } from "../site/outputs.ts";
import { IMMUTABLE_FOLDERS } from "../site/headers.ts";
import type { Settings } from "../site/settings.ts";
import { textFile } from "../site/text-file.ts";
import type { SiteUrls } from "../site/urls.ts";
import { WORKER_PARTS, type WorkerPlan } from "./worker.ts";

/** What the worker file tells of the rest of the site. */
export interface OfflineFacts {
  /** The rendered page `/offline/`. */
  readonly page: string;
  /** Files of the engine that browsers fetch, paths below the output folder: `_astro/x.js`. */
  readonly client: readonly string[];
}

export interface WorkerFileOptions extends OfflineFacts {
  readonly settings: Pick<Settings, "lang">;
  readonly urls: SiteUrls;
}

/** Pages and files that a browser keeps at most; together about 20 MB. */
const MOST = { pages: 80, files: 240 };

const PATIENCE_MS = 3000;

/** `/sw.js`. The same engine, languages and offline page give the same bytes. */
export function workerFile({ settings, urls, page, client }: WorkerFileOptions): FileSpec {
  const offlinePage = urls.path(urls.offlinePath());
  const shell = [offlinePage, ...shellOf(page, client, settings.lang).map((file) => urls.path(`/${file}`))];
  const plan: WorkerPlan = {
    version: hashOf(page, ...shell).slice(0, 12),
    base: urls.base,
    offlinePage,
    shell,
    immutable: IMMUTABLE_FOLDERS.map((folder) => urls.path(folder)),
    untouched: [urls.path("/pagefind/")],
    caches: { pages: `backfence ${urls.base} pages`, files: `backfence ${urls.base} files` },
    most: MOST,
    patienceMs: PATIENCE_MS,
  };
  const source = WORKER_PARTS.map((part) => bare(String(part))).join("\n");
  return textFile("/sw.js", `${source}\nstartWorker(self, ${JSON.stringify(plan, null, 1)});\n`);
}

/**
 * Files that every page may need: those of the offline page, the font, and the scripts of the comforts, so that no
 * button is dead without a connection. Left out: the giscus widget, which needs one anyway, and other languages.
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

/** The text of a function without comments, and without the gaps that types leave. */
function bare(source: string): string {
  return source
    .split("\n")
    .filter((line) => !/^\s*(?:\/\/|\/\*|\*)/.test(line) && line.trim() !== "")
    .map((line) => line.replace(/(?<=\S) {2,}/g, " ").trimEnd())
    .join("\n");
}
