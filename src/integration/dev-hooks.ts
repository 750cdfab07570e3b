import { fileURLToPath } from "node:url";
import type { AstroIntegrationLogger } from "astro";
import type { DevEnvironment, RunnableDevEnvironment, ViteDevServer } from "vite";
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";
import type { OnPageError, Rendering } from "../lib/site/rendering.ts";
import { ContentWatch } from "./content-watch.ts";
import { devMiddleware } from "./dev-middleware.ts";
import type { Changes, DevSession } from "./dev-session.ts";
import { errorPage } from "./error-page.ts";
import { codeError, pageFails } from "./page-errors.ts";
import type { Project } from "./project.ts";
import type { StartFiles } from "./start-files.ts";
import { MDX_POSTS_ID } from "./vite/mdx-posts.ts";

const extension = import.meta.filename.slice(-3);
const RENDERING = fileURLToPath(new URL(`../lib/site/rendering${extension}`, import.meta.url));
const ROUTES = fileURLToPath(new URL("../routes", import.meta.url));
const RENDER_MDX = fileURLToPath(new URL(`./render-mdx-post${extension}`, import.meta.url));

const renderingModule = z.object({
  provideRendering: z.custom<(rendering: Rendering) => void>((value) => typeof value === "function"),
  catchPageErrors: z.custom<(handler: OnPageError) => void>((value) => typeof value === "function"),
});
const renderMdxModule = z.object({
  renderMdxPost: z.custom<(slug: string) => Promise<string>>((value) => typeof value === "function"),
});

export interface DevOptions {
  readonly session: DevSession;
  readonly project: Project;
  readonly startFiles: StartFiles;
  readonly logger: AstroIntegrationLogger;
}

/** Connects a session to Astro's dev server: content is watched, pages reload, files and errors are served. */
export async function connectDev(
  server: ViteDevServer,
  { session, project, startFiles, logger }: DevOptions,
): Promise<void> {
  const environments = Object.values(server.environments).filter(isRunnable);
  const { contentDir } = project;
  const forget = (environment: DevEnvironment, changes: Changes | null): void =>
    forgetModules(environment, contentDir, changes);
  const watch = new ContentWatch({ server, session, contentDir, startFiles, logger, forget });
  const rendering: Rendering = {
    pagesOf: (route) => session.pagesOf(route),
    bodyHtml: (key) => session.bodyOnPage(key),
    userPage: session.userPage,
    file: (sitePath) => session.feed(sitePath),
    mdxSlugOf: (key) => session.mdxSlugOf(key),
  };
  const onPageError: OnPageError = (error, url) => {
    const failed = codeError(error, pageFails(url), project);
    if (!(failed instanceof AuthorError)) throw failed;
    logger.error(`\n${failed.message}\n`);
    return new Response(errorPage(failed), {
      status: 500,
      headers: { "content-type": "text/html; charset=utf-8" },
    });
  };
  const provide = async (): Promise<void> => {
    for (const { runner } of environments) {
      const module = renderingModule.parse(await runner.import(RENDERING));
      module.provideRendering(rendering);
      module.catchPageErrors(onPageError);
    }
  };
  const [first] = environments;
  if (first !== undefined)
    session.renderMdx = async (slug) =>
      renderMdxModule.parse(await first.runner.import(RENDER_MDX)).renderMdxPost(slug);
  server.middlewares.use(devMiddleware({ session, watch, provide }));
  await watch.open();
}

/** Like Vite's `isRunnableDevEnvironment`, which fails when two copies of Vite are installed. */
function isRunnable(environment: DevEnvironment): environment is RunnableDevEnvironment {
  return "runner" in environment;
}

/**
 * Invalidates the list of posts, the routes (Astro caches a route's static paths with its module) and the author's
 * modules that may have changed: of two changes in quick succession, Vite may report only the first. Components stay
 * valid because they read their data on each render.
 */
function forgetModules({ moduleGraph }: DevEnvironment, contentDir: string, changes: Changes | null): void {
  const list = moduleGraph.getModuleById(MDX_POSTS_ID);
  if (list !== undefined) moduleGraph.invalidateModule(list);
  const content = `${slashed(contentDir)}/`;
  const routes = `${slashed(ROUTES)}/`;
  const texts = changedTexts(changes);
  for (const [file, modules] of moduleGraph.fileToModulesMap) {
    const isAuthors = file.startsWith(content) && (texts === null || texts.has(file));
    if (isAuthors || file.startsWith(routes)) for (const one of modules) moduleGraph.invalidateModule(one);
  }
}

/** Changed Markdown files; null when the output of other posts may change too, such as their pictures or links. */
function changedTexts(changes: Changes | null): ReadonlySet<string> | null {
  if (changes === null || !changes.isListSame) return null;
  const files = [...changes.files].map(slashed);
  return files.every((file) => /\.(?:mdx?|markdown)$/.test(file)) ? new Set(files) : null;
}

function slashed(file: string): string {
  return file.replaceAll("\\", "/");
}
