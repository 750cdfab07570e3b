/**
 * Backfence as an Astro integration: `integrations: [backfence()]` in `astro.config.mjs`.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import mdx from "@astrojs/mdx";
import type { AstroIntegration } from "astro";
import { astroConfig, siteConfig } from "./integration/astro-config.ts";
import { INTEGRATION } from "./integration/blog-hook.ts";
import { asAuthorError, authorsFile } from "./integration/bundle-errors.ts";
import { BuildSession } from "./integration/build-session.ts";
import { connectDev, type DevOptions } from "./integration/dev-hooks.ts";
import { DevSession } from "./integration/dev-session.ts";
import { DEV_CLIENT } from "./integration/dev-state.ts";
import { editorBundle } from "./integration/editor-bundle.ts";
import { styleSheetTexts } from "./integration/named-origins.ts";
import { parseOptions, type BackfenceOptions } from "./integration/options.ts";
import { backfencePrerenderer } from "./integration/prerenderer.ts";
import { configHash, markdownOptionsOf } from "./integration/markdown-plugins.ts";
import { projectOf } from "./integration/project.ts";
import { openStaging } from "./integration/staging.ts";
import { StartFiles } from "./integration/start-files.ts";
import { inSentence, withSentences } from "./integration/system-sentence.ts";
import { checkWritable } from "./integration/writable-folders.ts";
import { injectRoutes, isHiddenRoute, isOwnRoute } from "./integration/routes.ts";
import { userPlugins, userStyles } from "./integration/user-plugins.ts";
import { failWhenUnfinished } from "./integration/unfinished-build.ts";
import { containerRenderersPlugin } from "./integration/vite/container-renderers.ts";
import { contentUpdatesPlugin } from "./integration/vite/content-updates.ts";
import { mdxPostsPlugin } from "./integration/vite/mdx-posts.ts";
import { serverBundlePlugin } from "./integration/vite/server-bundle.ts";
import { DESK_PATH } from "./lib/desk/desk-paths.ts";
import { findBlogroll } from "./lib/site/blogroll.ts";
import { findSettings } from "./lib/site/load-settings.ts";
import { siteUrls } from "./lib/site/urls.ts";

/** Files in the content folder that Astro's configuration depends on. */
const START_FILES = ["site.yaml", "words.yaml", "blogroll.yaml"];

/** Middleware module: TypeScript in the repository, JavaScript in the package. */
const MIDDLEWARE = new URL(`./integration/middleware${import.meta.filename.slice(-3)}`, import.meta.url);

const PUBLISH = "backfence:publish";

/** The integration. */
export default function backfence(userOptions: BackfenceOptions = {}): AstroIntegration {
  const options = parseOptions(userOptions);
  let build: BuildSession | null = null;
  let isIncremental = false;
  let dev: Pick<DevOptions, "session" | "project" | "startFiles"> | null = null;
  return {
    name: INTEGRATION,
    hooks: {
      "backfence:blog": (name, onLoad) => build?.loaded ?? dev?.session.follow(name, onLoad) ?? null,
      "astro:config:setup": async ({
        command,
        config,
        logger,
        addMiddleware,
        addWatchFile,
        injectRoute,
        injectScript,
        updateConfig,
      }) => {
        const project = projectOf(config, options);
        const { contentDir, home: root } = project;
        const startFiles = START_FILES.map((name) => path.join(contentDir, name));
        const started = new StartFiles(startFiles);
        if (command === "build")
          await withSentences(root, () =>
            checkWritable(project, path.resolve(project.root, config.vite.cacheDir ?? "node_modules/.vite")),
          );
        const { settings } = findSettings({ contentDir, root });
        const markdown = markdownOptionsOf(config);
        const styleSheets = styleSheetTexts(userStyles(options, project, settings));
        const head = [...options.head, ...settings.head];
        const user = { markdown: config.markdown, head, styleSheets };
        const now = () => (options.now === undefined ? new Date() : new Date(options.now));
        const hasEditor = settings.editor !== null && (command === "dev" || command === "build");
        const editorParts = hasEditor ? await editorBundle(project) : [];
        if (command === "dev") {
          const session = new DevSession({ project, now, logger, markdown, editorParts });
          dev = { session, project, startFiles: started };
          for (const file of startFiles) addWatchFile(file);
          injectScript("page", `import ${JSON.stringify(DEV_CLIENT)};`);
          updateConfig(astroConfig(settings, session.bodyOptions, user));
          updateConfig({
            vite: {
              plugins: [
                mdxPostsPlugin("dev", async () => session.mdxPosts),
                contentUpdatesPlugin(contentDir),
                containerRenderersPlugin(
                  config.integrations.map(({ name }) => name),
                  project.root,
                ),
              ],
            },
          });
        } else if (command === "build") {
          const staging = await withSentences(root, () => openStaging(project.cacheDir));
          const session = await withSentences(
            root,
            () =>
              new BuildSession({
                ...{ project, now: now(), staging, markdown, logger, editorParts },
                ...{ onStep: options.onStep, configHash: configHash(config.root) },
              }),
          );
          build = session;
          isIncremental = config.experimental.incrementalBuild;
          const published = failWhenUnfinished();
          updateConfig(astroConfig(settings, session.bodyOptions(settings), user));
          updateConfig({
            outDir: pathToFileURL(`${staging}/`),
            integrations: [publishIntegration(session, published)],
            vite: {
              plugins: [
                mdxPostsPlugin("build", () => session.mdxPosts()),
                serverBundlePlugin(
                  settings.offline,
                  (file) => authorsFile(file, project) !== null,
                  (bundle) => {
                    session.bundle = bundle;
                  },
                ),
              ],
            },
          });
        } else {
          updateConfig(siteConfig(settings));
          return;
        }
        updateConfig({ vite: { plugins: userPlugins(options, project, settings) } });
        addMiddleware({ order: "pre", entrypoint: MIDDLEWARE });
        const { blogroll } = findBlogroll({ contentDir, root });
        injectRoutes(injectRoute, {
          hasBlogroll: (blogroll?.blogs.length ?? 0) > 0,
          isDev: command === "dev",
        });
        if (!config.integrations.some(({ name }) => name === "@astrojs/mdx"))
          updateConfig({ integrations: [mdx()] });
      },
      "astro:config:done": ({ config }) => {
        if (build !== null) build.arePagesShared = config.integrations.some(mayChangePages);
      },
      "astro:routes:resolved": ({ routes }) => {
        // In dev, Backfence's own feeds are served before the request reaches Astro.
        const others = build === null ? routes.filter(({ origin }) => origin === "project") : routes;
        const paths = others.flatMap(({ pathname }) => (pathname === undefined ? [] : [pathname]));
        const session = build ?? dev?.session;
        if (session !== undefined) session.routed = new Set(paths.filter((one) => /\.[^/]+$/.test(one)));
      },
      "astro:server:setup": async ({ server, logger }) => {
        if (dev !== null) await connectDev(server, { ...dev, logger });
      },
      "astro:server:start": ({ address, logger }) => {
        if (dev !== null) logger.info(`Desk: ${deskAddress(dev.session, address.port)}`);
      },
      "astro:build:start": ({ setPrerenderer }) => {
        const session = build;
        if (session === null) return;
        setPrerenderer((standard) =>
          backfencePrerenderer(standard, {
            open: (prerenderer) => withSentences(session.root, () => session.open(prerenderer)),
            guard: (run) => withSentences(session.root, run),
            isHidden: isHiddenRoute,
            onOther: (url, response) => session.takePage(url, response),
            mayRestore: (pathname) => isIncremental && !session.isSearched(pathname),
            isOwnRoute: (component) => isOwnRoute(session.root, component),
            errors: session.errors,
          }),
        );
      },
      "astro:build:setup": ({ target, vite, updateConfig }) => {
        const session = build;
        const buildApp = vite.builder?.buildApp;
        if (session === null || target !== "server" || buildApp === undefined) return;
        updateConfig({
          builder: {
            buildApp: async (builder) => {
              try {
                await buildApp(builder);
              } catch (error) {
                throw asAuthorError(inSentence(error, session.root), session);
              }
            },
          },
        });
      },
      "astro:build:done": async ({ pages }) => {
        const session = build;
        if (session !== null) await withSentences(session.root, () => session.finish(pages));
      },
    },
  };
}

/** URL of the desk on the dev server. */
function deskAddress({ settings }: DevSession, port: number): string {
  return `http://localhost:${port}${siteUrls(settings).path(DESK_PATH)}`;
}

/** Whether another integration has a hook that runs after the pages are written. */
function mayChangePages({ name, hooks }: AstroIntegration): boolean {
  const isOwn = name === INTEGRATION || name === PUBLISH;
  return !isOwn && ("astro:build:generated" in hooks || "astro:build:done" in hooks);
}

/** Publishes the finished site after all other integrations have run. */
function publishIntegration(session: BuildSession, published: () => void): AstroIntegration {
  return {
    name: PUBLISH,
    hooks: {
      "astro:build:done": async ({ logger }) => {
        const lines = await withSentences(session.root, () => session.publish());
        for (const line of lines) logger.info(line);
        published();
      },
    },
  };
}
