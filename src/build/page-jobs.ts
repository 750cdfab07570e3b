import { hash } from "node:crypto";
import type { PageSpec } from "../lib/site/outputs.ts";
import { outputFile } from "../lib/site/urls.ts";
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
  readonly pages: readonly PageSpec[];
  readonly engineKey: string;
  readonly tree: OutputTree;
  /** Files that the author has put into `public/` instead. */
  readonly extras: ReadonlySet<string>;
  /** Told of each page whether it is new or not, with its view. */
  readonly onPage: (page: PageSpec, view: object) => void;
}

/**
 * The pages that the tree doesn't hold yet, and null for each that it holds, so that whoever asks can pause. Views are made one at a time and forgotten again, so that a large site
 * doesn't have to be in memory as a whole.
 */
export function* pageJobs({
  pages,
  engineKey,
  tree,
  extras,
  onPage,
}: PageJobsOptions): Generator<PageJob | null> {
  for (const page of pages) {
    const { route, params, path } = page;
    const made = page.view;
    onPage(page, made);
    const view = JSON.stringify(made);
    const file = outputFile(path);
    // JSON has no line breaks in it, so the parts can't run into each other.
    const key = hash("sha256", `${engineKey}\n${JSON.stringify([route, path, params])}\n${view}`).slice(
      0,
      32,
    );
    const isKept = extras.has(file) || tree.has(file, key);
    yield isKept ? null : { file, key, route, params, path, view };
  }
}
