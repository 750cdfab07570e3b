import { dev, type AstroIntegration } from "astro";
import type { ServerResponse } from "node:http";
import path from "node:path";
import type { Connect, ViteDevServer } from "vite";
import { setRendering } from "../lib/site/rendering.ts";
import { contentType } from "../lib/site/content-type.ts";
import { wholeFile } from "../lib/site/outputs.ts";
import { pathnameOf, siteUrls } from "../lib/site/urls.ts";
import { astroConfig } from "./astro-config.ts";
import { DevSite, type Changes } from "./dev-site.ts";
import { DEV_CLIENT, STATE_EVENT, STATE_HEADER } from "./dev-state.ts";
import { withMdx } from "./mdx-config.ts";
import { mistakesPage } from "./error-page.ts";
import { forgetAuthorsModules, moduleBodiesPlugin } from "./module-bodies-plugin.ts";
import { debounced } from "./debounce.ts";

export interface DevOptions {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly cacheDir: string;
  readonly port: number;
  readonly say: (line: string) => void;
}

export interface DevServer {
  /** Address of the home page. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A server and what decides how it was made. */
interface Running {
  /** Has the open pages loaded again. */
  readonly reload: () => void;
  readonly stop: () => Promise<void>;
  readonly port: number;
  readonly url: string;
  readonly config: string;
}

/**
 * Astro's dev server over the author's folder: drafts and posts dated in the future are shown, marked; a saved file
 * is read again and the page reloads; mistakes are shown in its place and in the terminal until they are mended.
 */
export async function startDev(options: DevOptions): Promise<DevServer> {
  process.env["ASTRO_DEV_BACKGROUND"] = "0";
  process.env["ASTRO_DISABLE_UPDATE_CHECK"] = "true";
  let running: Running | null = null;
  const home = path.dirname(options.contentDir);
  const fetchBodyPage = (slug: string) => bodyPage(running?.url ?? "", slug);
  const site = new DevSite({ ...options, home, fetchBodyPage });
  const tell = tellerOf(site, options.say);
  // Null while nobody has watched: then every file is looked at.
  let changes: Changes | null = null;
  const work = debounced(async () => {
    const seen = changes;
    changes = noChanges();
    try {
      await site.load(seen);
      tell();
      if (running === null) return;
      if (site.mistakes !== null || configOf(site) === running.config) return running.reload();
      const { port } = running;
      await running.stop();
      changes = null;
      running = await openServer(site, { ...options, port }, follow);
      options.say(`The settings that pages are made with have changed. Your blog is at ${running.url}`);
    } catch (error) {
      changes = null;
      options.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  });
  const follow: OnChange = (file, isChange) => {
    changes?.files.add(file);
    if (changes !== null && !isChange) changes.isListSame = false;
    work();
  };
  await site.load();
  tell();
  running = await openServer(site, options, follow);
  return { url: running.url, stop: async () => running?.stop() };
}

/** Told of a file's absolute path, and whether it only changed: else it has come or gone. */
type OnChange = (file: string, isChange: boolean) => void;

function noChanges(): Changes {
  return { files: new Set(), isListSame: true };
}

/** Tells mistakes each time, and notes when they are others than the last time. */
function tellerOf(site: DevSite, say: (line: string) => void): () => void {
  let told = "";
  return () => {
    if (site.mistakes !== null) return say(`\n${site.mistakes.message}\n`);
    const notes = site.notes.map((note) => `Note: ${note}`).join("\n");
    if (notes !== "" && notes !== told) say(notes);
    told = notes;
  };
}

/** Whatever needs another server when it changes. */
function configOf(site: DevSite): string {
  return JSON.stringify(astroConfig(site.settings));
}

async function openServer(site: DevSite, options: DevOptions, onChange: OnChange): Promise<Running> {
  const { settings } = site;
  const made = astroConfig(settings);
  const { base } = siteUrls(settings);
  const bodies = { base, pictures: site.pictures, langOf: (file: string) => site.langOf(file) };
  const config = withMdx(made, { root: path.dirname(options.contentDir), ...bodies });
  let vite: ViteDevServer | null = null;
  let state = 0;
  const content = contentIntegration(site, (server) => {
    vite = server;
    connect(site, server, () => String(state));
    server.watcher.add(options.contentDir);
    server.watcher.on("all", (event, file) => {
      const changed = path.resolve(file);
      if (!isWithin(changed, options.contentDir)) return;
      state += 1;
      onChange(changed, event === "change");
    });
  });
  const server = await dev({
    ...config,
    root: options.root,
    publicDir: options.publicDir,
    configFile: false,
    logLevel: "warn",
    server: { port: options.port },
    vite: { ...config.vite, server: { watch: { ignored: [unwatched(options)] } } },
    integrations: [...[config.integrations ?? []].flat(), content],
  });
  const opened: ViteDevServer | null = vite;
  if (opened === null) throw new Error("Astro started without a server for the author's folder");
  const { port } = server.address;
  const url = `http://localhost:${port}${base}`;
  const reload = (): void => {
    state += 1;
    reloadPages(opened, options.contentDir);
  };
  return { reload, stop: () => server.stop(), port, url, config: configOf(site) };
}

/** Hands Astro's server the author's folder. */
function contentIntegration(site: DevSite, onServer: (server: ViteDevServer) => void): AstroIntegration {
  return {
    name: "backfence:content",
    hooks: {
      "astro:config:setup": ({ injectRoute, injectScript, updateConfig }) => {
        injectScript("page", `import ${JSON.stringify(DEV_CLIENT)};`);
        injectRoute({
          pattern: `${MODULE_BODIES}[slug]`,
          entrypoint: new URL("./module-bodies/pages/[slug].astro", import.meta.url),
        });
        updateConfig({ vite: { plugins: [moduleBodiesPlugin(() => site.modulePosts)] } });
      },
      "astro:server:setup": ({ server }) => onServer(server),
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

/** Empty, or cut off, when what the post brings along fails. */
async function bodyPage(home: string, slug: string): Promise<string> {
  const response = await fetch(`${home}${MODULE_BODIES.slice(1)}${encodeURIComponent(slug)}/`);
  return response.ok ? response.text() : "";
}

function connect(site: DevSite, server: ViteDevServer, state: () => string): void {
  setRendering({
    pagesOf: (route) => site.pagesOf(route),
    bodyHtml: (key) => site.bodyOnPage(key),
  });
  server.ws.on(STATE_EVENT, ({ shown }: { shown: unknown }, page) => {
    if (shown !== state()) page.send({ type: "full-reload" });
  });
  server.middlewares.use((request, response, next) => {
    response.setHeader("server-timing", `${STATE_HEADER};desc="${state()}"`);
    answer(site, request, response).then((isAnswered) => isAnswered || next(), next);
  });
}

/** Addresses of the engine's own modules, below whatever base path. */
function isVites(address: string): boolean {
  return /\/(@(vite|id|fs)\/|src\/|node_modules\/|\.cache\/)/.test(address);
}

/** Answers with a file of the site, or with the author's mistakes. Everything else is Astro's. */
async function answer(
  site: DevSite,
  request: Connect.IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (isVites(request.url ?? "")) return false;
  const urls = siteUrls(site.settings);
  // Astro has taken the base path off `url` by then.
  const asked = new URL(request.originalUrl ?? request.url ?? "/", urls.origin);
  const sitePath = urls.sitePathOf(asked.href);
  if (sitePath === null) return false;
  if (site.mistakes !== null && request.headers.accept?.includes("text/html")) {
    response.writeHead(500, { "content-type": "text/html; charset=utf-8" }).end(mistakesPage(site.mistakes));
    return true;
  }
  const file = await site.fileAt(pathnameOf(sitePath));
  if (file === undefined) return false;
  const body = wholeFile(await file.make());
  response.setHeader("content-type", contentType(file.path));
  response.end(body);
  return true;
}

/** Has the open pages loaded again, and made anew from the files that are there. */
function reloadPages(server: ViteDevServer, contentDir: string): void {
  for (const environment of Object.values(server.environments)) {
    forgetAuthorsModules(environment, contentDir);
    // Astro keeps the paths and views of routes until it is told this.
    environment.hot.send("astro:content-changed", {});
  }
  server.ws.send({ type: "full-reload" });
}
