import { hash } from "node:crypto";
import type { PageSpec } from "../lib/site/outputs.ts";
import { isListed } from "../lib/site/sitemap.ts";
import { outputFile } from "../lib/site/urls.ts";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";
import type { GroupMemory, KnownGroup, KnownPage } from "./group-memory.ts";
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
 * made one at a time and forgotten again, so that a large site doesn't have to be in memory as a whole; none is made
 * where what it would be made from is as it was.
 */
export function* pageJobs(options: PageJobsOptions): Generator<PageJob | null> {
  for (const group of options.groups) {
    const name = group.routes.join();
    const key = named(options, group.key?.());
    const before = options.memory.recall(name);
    if (key !== null && key === before.key && before.pages.every((page) => isThere(page, options))) {
      for (const { path, isListed } of before.pages) options.onPage(path, isListed);
      yield null;
      continue;
    }
    const pages: KnownPage[] = [];
    yield* jobsOf(group, before.pages, options, pages);
    const isToKeep = key !== null || pages.some(({ inputs }) => inputs !== null);
    if (isToKeep && !isSameGroup(before, { key, pages })) options.memory.remember(name, { key, pages });
  }
}

/** @param seen takes what is found out about each page. */
function* jobsOf(
  group: PageGroup,
  before: readonly KnownPage[],
  options: PageJobsOptions,
  seen: KnownPage[],
): Generator<PageJob | null> {
  const known = new Map(before.map((page) => [page.path, page]));
  for (const page of group.pages()) {
    const inputs = named(options, page.inputs?.());
    const last = known.get(page.path);
    if (inputs !== null && inputs === last?.inputs && isThere(last, options)) {
      seen.push(last);
      options.onPage(last.path, last.isListed);
      yield null;
      continue;
    }
    const { found, job } = jobOf(page, inputs, options.engineKey);
    seen.push(found);
    options.onPage(found.path, found.isListed);
    yield isThere(found, options) ? null : job;
  }
}

function jobOf(page: PageSpec, inputs: string | null, engineKey: string): { found: KnownPage; job: PageJob } {
  const { route, params, path } = page;
  const made = page.view;
  const view = JSON.stringify(made);
  const file = outputFile(path);
  // JSON has no line breaks in it, so the parts can't run into each other.
  const text = `${engineKey}\n${JSON.stringify([route, path, params])}\n${view}`;
  const key = hash("sha256", text).slice(0, 32);
  return {
    found: { path, file, key, isListed: isListed(made), inputs },
    job: { file, key, route, params, path, view },
  };
}

/** Names what decides on pages together with the code that renders them. */
function named({ engineKey }: PageJobsOptions, key: string | null | undefined): string | null {
  return typeof key === "string" ? hashOf(engineKey, key) : null;
}

function isSameGroup(a: KnownGroup, b: KnownGroup): boolean {
  return (
    a.key === b.key && a.pages.length === b.pages.length && a.pages.every((page, at) => page === b.pages[at])
  );
}

function isThere({ file, key }: KnownPage, { extras, tree }: PageJobsOptions): boolean {
  return extras.has(file) || tree.has(file, key);
}
