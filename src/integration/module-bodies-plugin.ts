import path from "node:path";
import type { DevEnvironment, Plugin } from "vite";
import type { Post } from "../lib/content/model.ts";
import type { PageSpec } from "../lib/site/outputs.ts";

/** A post whose body Astro renders. */
export interface ModulePost {
  readonly slug: string;
  /** Its source, absolute. */
  readonly file: string;
  readonly lang: string;
  /** Names what its body is rendered from, except for what the files that it imports import in turn. */
  readonly bodyKey: string;
}

const MODULE = "virtual:backfence/module-bodies";
const MODULE_ID = new RegExp(`^\0?${MODULE}$`);

/** Posts with imports or expressions of their own. */
export function modulePosts(posts: readonly Post[], root: string): ModulePost[] {
  return posts
    .filter((post) => post.body.kind === "module")
    .map(({ slug, file, lang, body }) => ({ slug, file: path.resolve(root, file), lang, bodyKey: body.key }));
}

/** Name of the route file that shows one body. */
export const MODULE_ROUTE = "[slug]";

/** The pages on which Astro shows one body each. */
export function modulePages(posts: readonly ModulePost[]): PageSpec[] {
  return posts.map(({ slug }) => ({ route: MODULE_ROUTE, params: { slug }, path: `/${slug}/`, view: {} }));
}

/** Gives the route for bodies its posts: slug → function that imports the compiled MDX. */
export function moduleBodiesPlugin(posts: () => readonly ModulePost[]): Plugin {
  return {
    name: "backfence:module-bodies",
    resolveId: { filter: { id: MODULE_ID }, handler: () => `\0${MODULE}` },
    load: { filter: { id: MODULE_ID }, handler: () => codeFor(posts()) },
  };
}

function codeFor(posts: readonly ModulePost[]): string {
  const entries = posts.map(
    ({ slug, file }) => `${JSON.stringify(slug)}: () => import(${JSON.stringify(file)}),`,
  );
  return `export const bodies = {\n${entries.join("\n")}\n};`;
}

/**
 * Has a running server ask for the posts again, of which there may be others than it knows, and compile again what the
 * author wrote: of two changes right after each other, the server may be told of the first alone.
 */
export function forgetAuthorsModules({ moduleGraph }: DevEnvironment, contentDir: string): void {
  const known = moduleGraph.getModuleById(`\0${MODULE}`);
  if (known !== undefined) moduleGraph.invalidateModule(known);
  const folder = `${contentDir.replaceAll("\\", "/")}/`;
  for (const [file, modules] of moduleGraph.fileToModulesMap)
    if (file.startsWith(folder)) for (const one of modules) moduleGraph.invalidateModule(one);
}
