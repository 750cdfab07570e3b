import { dev, type AstroIntegration } from "astro";
import type { ViteDevServer } from "vite";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { setRendering } from "../lib/site/rendering.ts";
import { contentType } from "../lib/site/content-type.ts";
import { pathnameOf, siteUrls } from "../lib/site/urls.ts";
import { astroConfig } from "./astro-config.ts";
import { withMdx } from "./mdx-config.ts";
import { loadSettings } from "../lib/site/load-settings.ts";
import { DevSite } from "./dev-site.ts";
import { moduleBodiesPlugin, modulePosts } from "./module-bodies-plugin.ts";

export interface DevOptions {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly cacheDir: string;
  readonly port: number;
  readonly say: (line: string) => void;
}

/**
 * Astro's dev server over the author's folder: drafts and posts dated in the future are shown, marked; a saved file
 * is read again and the page reloads; a mistake is shown in the page and in the terminal while the last good state
 * stays.
 */
export async function startDev(options: DevOptions): Promise<{ url: string; stop(): Promise<void> }> {
  process.env["ASTRO_DEV_BACKGROUND"] = "0";
  const home = path.dirname(options.contentDir);
  const settings = loadSettings({ ...options, root: home });
  const config = astroConfig(settings);
  let address = "";
  const fetchBodyPage = async (slug: string): Promise<string> => {
    const response = await fetch(`${address}${MODULE_BODIES.slice(1)}${encodeURIComponent(slug)}/`);
    return response.text();
  };
  const site = new DevSite({ ...options, home, fetchBodyPage });
  await site.load();
  const langOf = (file: string) =>
    site.blog.posts.find((post) => post.file === file)?.lang ?? site.blog.settings.lang;
  const { base } = siteUrls(settings);
  const mdx = withMdx(config, { root: home, base, pictures: site.pictures, langOf });
  const server = await dev({
    ...config,
    root: options.root,
    publicDir: options.publicDir,
    configFile: false,
    logLevel: "warn",
    server: { port: options.port },
    vite: { ...config.vite, server: { watch: { ignored: [unwatched(options)] } } },
    integrations: [...[mdx.integrations ?? []].flat(), contentIntegration(site, options)],
  });
  const { pathname } = new URL(settings.url);
  address = `http://localhost:${server.address.port}${pathname}`;
  return { url: address, stop: () => server.stop() };
}

/** Hands the dev server the author's folder. */
function contentIntegration(site: DevSite, options: DevOptions): AstroIntegration {
  return {
    name: "backfence:content",
    hooks: {
      "astro:config:setup": ({ injectRoute, updateConfig }) => {
        injectRoute({
          pattern: `${MODULE_BODIES}[slug]`,
          entrypoint: new URL("./module-bodies/pages/[slug].astro", import.meta.url),
        });
        const posts = () => modulePosts(site.blog.posts, path.dirname(options.contentDir));
        updateConfig({ vite: { plugins: [moduleBodiesPlugin(posts)] } });
      },
      "astro:server:setup": ({ server }) => {
        connect(site, server, options);
      },
    },
  };
}

/**
 * What changes without the author: caches and earlier builds, which may hold a hundred thousand files. The author's
 * folder is watched wherever it lies.
 */
function unwatched({ root, contentDir, cacheDir }: DevOptions): (file: string) => boolean {
  const folders = [cacheDir, path.join(root, ".cache"), path.join(root, "dist")];
  return (file) => {
    const absolute = path.resolve(file);
    if (isWithin(absolute, contentDir) || isWithin(contentDir, absolute)) return false;
    return folders.some((folder) => isWithin(absolute, folder));
  };
}

function isWithin(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder + path.sep);
}

/** Where the dev server shows the bodies that Astro renders. */
const MODULE_BODIES = "/__bodies/";

function connect(site: DevSite, server: ViteDevServer, options: DevOptions): void {
  const urls = () => siteUrls(site.blog.settings);
  setRendering({
    pagesOf: (route) => site.pagesOf(route),
    bodyHtml: (key) => site.bodyHtml(key),
  });
  server.middlewares.use((request, response, next) => {
    if (isVites(request.url ?? "")) return next();
    const sitePath = urls().sitePathOf(new URL(request.url ?? "/", urls().origin).href);
    if (sitePath === null) return next();
    serveFile(site, sitePath).then((served) => {
      if (served === null) return next();
      response.setHeader("content-type", served.type);
      response.end(served.body);
    }, next);
  });
  server.watcher.add(options.contentDir);
  server.watcher.on("all", (_event, file) => {
    if (path.resolve(file).startsWith(options.contentDir + path.sep)) void reload(site, server, options.say);
  });
}

/** Addresses of the engine's own modules, below whatever base path. */
function isVites(address: string): boolean {
  return /\/(@(vite|id|fs)\/|src\/|node_modules\/|\.cache\/)/.test(address);
}

async function serveFile(
  site: DevSite,
  sitePath: string,
): Promise<{ type: string; body: string | Uint8Array } | null> {
  const file = await site.fileAt(pathnameOf(sitePath));
  return file === undefined ? null : { type: contentType(file.path), body: await file.make() };
}

async function reload(site: DevSite, server: ViteDevServer, say: (line: string) => void): Promise<void> {
  try {
    await site.load();
    // Astro remembers the pages of a route until it is told that content has changed.
    for (const environment of Object.values(server.environments))
      environment.hot.send("astro:content-changed", {});
    server.ws.send({ type: "full-reload" });
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    say(`\n${error.message}\n`);
    server.ws.send({ type: "error", err: { message: error.message, stack: "" } });
  }
}
