import { hash } from "node:crypto";
import type { PageSpec } from "../lib/site/outputs.ts";
import { isListed } from "../lib/site/sitemap.ts";
import { outputFile } from "../lib/site/urls.ts";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";
import type { GroupMemory, KnownPage } from "./group-memory.ts";
import type { OutputTree } from "./output-tree.ts";

/** One page to render, as threads hand it to each other. */
export interface PageJob {
  /** Path below the output folder: `posts/hello/index.html`. */
  readonly file: string;
  /** Names the code that renders the page and all that it shows. */
  readonly key: string;
  readonly route: string;
  readonly params: PageSpec["params"];
  readonly path: string;
  /** The view as JSON. */
  readonly view: string;
}

export interface PageJobsOptions {
  readonly groups: readonly PageGroup[];
  readonly memory: GroupMemory;
  readonly engineKey: string;
  readonly tree: Pick<OutputTree, "has">;
  /** Files that the author has put into `public/` instead. */
  readonly extras: ReadonlySet<string>;
  /** Told of each page, whether it is new or not: its site path, and whether search engines are meant to list it. */
  readonly onPage: (path: string, isListed: boolean) => void;
}

/**
 * The pages that the tree doesn't hold yet, and null for each that it holds, so that whoever asks can pause. Views are
 * made one at a time and forgotten again, so that a large site doesn't have to be in memory as a whole.
 */
export function* pageJobs(options: PageJobsOptions): Generator<PageJob | null> {
  for (const group of options.groups) {
    const key = group.key?.() ?? null;
    const name = group.routes.join();
    const whole = key === null ? null : hashOf(options.engineKey, key);
    const known = whole === null ? null : options.memory.recall(name, whole);
    if (known?.every(({ file, key }) => isThere(file, key, options))) {
      for (const { path, isListed } of known) options.onPage(path, isListed);
      yield null;
      continue;
    }
    const seen: KnownPage[] = [];
    yield* jobsOf(group, options, whole === null ? null : seen);
    if (whole !== null) options.memory.remember(name, whole, seen);
  }
}

/** @param seen takes what is found out about each page, unless it's null. */
function* jobsOf(
  group: PageGroup,
  options: PageJobsOptions,
  seen: KnownPage[] | null,
): Generator<PageJob | null> {
  for (const page of group.pages()) {
    const { route, params, path } = page;
    const made = page.view;
    const listed = isListed(made);
    options.onPage(path, listed);
    const view = JSON.stringify(made);
    const file = outputFile(path);
    // JSON has no line breaks in it, so the parts can't run into each other.
    const text = `${options.engineKey}\n${JSON.stringify([route, path, params])}\n${view}`;
    const key = hash("sha256", text).slice(0, 32);
    seen?.push({ path, file, key, isListed: listed });
    yield isThere(file, key, options) ? null : { file, key, route, params, path, view };
  }
}

function isThere(file: string, key: string, { extras, tree }: PageJobsOptions): boolean {
  return extras.has(file) || tree.has(file, key);
}
