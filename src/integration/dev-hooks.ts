import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegrationLogger } from "astro";
import type { DevEnvironment, RunnableDevEnvironment, ViteDevServer } from "vite";
import * as z from "zod";
import type { Rendering } from "../lib/site/rendering.ts";
import { debounced } from "./debounce.ts";
import { devMiddleware } from "./dev-middleware.ts";
import type { Changes, DevSession } from "./dev-session.ts";
import { STATE_EVENT } from "./dev-state.ts";
import type { Project } from "./project.ts";
import { MDX_POSTS_ID } from "./vite/mdx-posts.ts";

const extension = import.meta.filename.slice(-3);
const RENDERING = fileURLToPath(new URL(`../lib/site/rendering${extension}`, import.meta.url));
const RENDER_MDX = fileURLToPath(new URL(`./render-mdx-post${extension}`, import.meta.url));

const renderingModule = z.object({
  provideRendering: z.custom<(rendering: Rendering) => void>((value) => typeof value === "function"),
});
const renderMdxModule = z.object({
  renderMdxPost: z.custom<(slug: string) => Promise<string>>((value) => typeof value === "function"),
});

export interface DevOptions {
  readonly session: DevSession;
  readonly project: Project;
  readonly logger: AstroIntegrationLogger;
}

/** Connects a session to Astro's dev server: content is watched, pages reload, files and errors are served. */
export async function connectDev(
  server: ViteDevServer,
  { session, project, logger }: DevOptions,
): Promise<void> {
  const environments = Object.values(server.environments).filter(isRunnable);
  let state = 0;
  let changes: Changes | null = null;
  const report = reporter(session, logger);
  const reload = debounced(async () => {
    const seen = changes;
    changes = noChanges();
    try {
      await session.load(seen);
      report();
    } catch (error) {
      changes = null;
      logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    state += 1;
    // The browser's modules, too: Vite may have made a component's style from what it was before the change.
    for (const environment of Object.values(server.environments))
      forgetModules(environment, project.contentDir);
    server.ws.send({ type: "full-reload" });
  });
  server.watcher.add(project.contentDir);
  server.watcher.on("all", (event, file) => {
    const changed = path.resolve(file);
    if (!changed.startsWith(project.contentDir + path.sep)) return;
    state += 1;
    changes?.files.add(changed);
    if (changes !== null && event !== "change") changes.isListSame = false;
    reload();
  });
  server.ws.on(STATE_EVENT, ({ shown }: { shown: unknown }, page) => {
    if (shown !== String(state)) page.send({ type: "full-reload" });
  });
  const rendering: Rendering = {
    pagesOf: (route) => session.pagesOf(route),
    bodyHtml: (key) => session.bodyOnPage(key),
    userPage: session.userPage,
    file: (sitePath) => session.feed(sitePath),
    mdxSlugOf: (key) => session.mdxSlugOf(key),
  };
  const provide = async (): Promise<void> => {
    for (const { runner } of environments)
      renderingModule.parse(await runner.import(RENDERING)).provideRendering(rendering);
  };
  const [first] = environments;
  if (first !== undefined)
    session.renderMdx = async (slug) =>
      renderMdxModule.parse(await first.runner.import(RENDER_MDX)).renderMdxPost(slug);
  server.middlewares.use(devMiddleware({ session, server, provide, state: () => String(state) }));
  await session.load();
  report();
}

/** Like Vite's `isRunnableDevEnvironment`, which fails when two copies of Vite are installed. */
function isRunnable(environment: DevEnvironment): environment is RunnableDevEnvironment {
  return "runner" in environment;
}

function noChanges(): Changes {
  return { files: new Set(), isListSame: true };
}

/** Logs errors each time, and notes when they differ from the last ones. */
function reporter(session: DevSession, logger: AstroIntegrationLogger): () => void {
  let last = "";
  return () => {
    if (session.errors !== null) return logger.error(`\n${session.errors.message}\n`);
    const notes = session.notes.join("\n");
    if (notes !== "" && notes !== last) logger.info(notes);
    last = notes;
  };
}

/**
 * Invalidates the list of posts, the data of routes (Astro keeps a route's static paths as long as its module) and all
 * modules of the author: of two changes right after each other, Vite may report only the first.
 */
function forgetModules({ moduleGraph }: DevEnvironment, contentDir: string): void {
  for (const id of [MDX_POSTS_ID, RENDERING]) {
    const known = moduleGraph.getModuleById(id);
    if (known !== undefined) moduleGraph.invalidateModule(known);
  }
  const folder = `${contentDir.replaceAll("\\", "/")}/`;
  for (const [file, modules] of moduleGraph.fileToModulesMap)
    if (file.startsWith(folder)) for (const one of modules) moduleGraph.invalidateModule(one);
}
