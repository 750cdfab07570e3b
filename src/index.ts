/**
 * Backfence as an Astro integration: `integrations: [backfence()]` in `astro.config.mjs`.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import mdx from "@astrojs/mdx";
import type { AstroIntegration } from "astro";
import { astroConfig, siteConfig } from "./integration/astro-config.ts";
import { asAuthorError } from "./integration/bundle-errors.ts";
import { BuildSession, openStaging } from "./integration/build-session.ts";
import { componentFile, isComponentName } from "./integration/components.ts";
import { connectDev } from "./integration/dev-hooks.ts";
import { DevSession } from "./integration/dev-session.ts";
import { DEV_CLIENT } from "./integration/dev-state.ts";
import { existingFile, parseOptions, type BackfenceOptions } from "./integration/options.ts";
import { backfencePrerenderer } from "./integration/prerenderer.ts";
import { projectOf, type Project } from "./integration/project.ts";
import { injectRoutes, isHiddenRoute } from "./integration/routes.ts";
import { mdxPostsPlugin } from "./integration/vite/mdx-posts.ts";
import { overridesPlugin } from "./integration/vite/overrides.ts";
import { userHeadPlugin } from "./integration/vite/user-head.ts";
import { serverBundlePlugin } from "./integration/vite/server-bundle.ts";
import { findSettings } from "./lib/site/load-settings.ts";

/** The integration. */
export default function backfence(userOptions: BackfenceOptions = {}): AstroIntegration {
  const options = parseOptions(userOptions);
  let build: BuildSession | null = null;
  let dev: { readonly session: DevSession; readonly project: Project } | null = null;
  return {
    name: "backfence",
    hooks: {
      "astro:config:setup": ({
        command,
        config,
        logger,
        addWatchFile,
        injectRoute,
        injectScript,
        updateConfig,
      }) => {
        const project = projectOf(config, options);
        const { contentDir, home: root } = project;
        const { settings } = findSettings({ contentDir, root });
        const now = () => (options.now === undefined ? new Date() : new Date(options.now));
        if (command === "dev") {
          const session = new DevSession({ project, now, logger });
          dev = { session, project };
          addWatchFile(path.join(contentDir, "site.yaml"));
          injectScript("page", `import ${JSON.stringify(DEV_CLIENT)};`);
          updateConfig(
            astroConfig(settings, session.bodyOptions, {
              ...config,
              ...{ head: options.head, cacheDir: project.cacheDir },
            }),
          );
          updateConfig({ vite: { plugins: [mdxPostsPlugin("dev", async () => session.mdxPosts)] } });
        } else if (command === "build") {
          const staging = openStaging(project.cacheDir);
          const session = new BuildSession({ project, now: now(), staging, onStep: options.onStep, logger });
          build = session;
          updateConfig(
            astroConfig(settings, session.bodyOptions(settings), {
              ...config,
              ...{ head: options.head, cacheDir: project.cacheDir },
            }),
          );
          updateConfig({
            outDir: pathToFileURL(`${staging}/`),
            // Pages are handed to Astro from a queue; it has to ask for many at a time.
            build: { concurrency: 256 },
            integrations: [publishIntegration(session)],
            vite: {
              plugins: [
                mdxPostsPlugin("build", () => session.mdxPosts()),
                serverBundlePlugin(settings.offline, (bundle) => {
                  session.bundle = bundle;
                }),
              ],
            },
          });
        } else {
          updateConfig(siteConfig(settings));
          return;
        }
        const file = (option: string, name: string) => existingFile(project.root, option, name);
        const overrides = Object.entries(options.components).flatMap(([name, replacement]) =>
          isComponentName(name)
            ? [{ original: componentFile(name), replacement: file(`components.${name}`, replacement) }]
            : [],
        );
        const customCss = options.customCss.map((name) =>
          name.startsWith(".") ? file("customCss", name) : name,
        );
        const ownStyle = path.join(contentDir, "style.css");
        if (existsSync(ownStyle)) customCss.push(ownStyle);
        updateConfig({
          vite: { plugins: [overridesPlugin(overrides), userHeadPlugin({ customCss, head: options.head })] },
        });
        injectRoutes(injectRoute);
        if (!config.integrations.some(({ name }) => name === "@astrojs/mdx"))
          updateConfig({ integrations: [mdx()] });
      },
      "astro:server:setup": async ({ server, logger }) => {
        if (dev !== null) await connectDev(server, { ...dev, logger });
      },
      "astro:build:start": ({ setPrerenderer }) => {
        const session = build;
        if (session === null) return;
        setPrerenderer((standard) =>
          backfencePrerenderer(standard, {
            open: (prerenderer) => session.open(prerenderer),
            isHidden: isHiddenRoute,
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
                throw asAuthorError(error, session.contentDir);
              }
            },
          },
        });
      },
      "astro:build:done": async ({ pages }) => {
        await build?.finish(pages);
      },
    },
  };
}

/** Runs after all other integrations and puts the finished site in its place. */
function publishIntegration(session: BuildSession): AstroIntegration {
  return {
    name: "backfence:publish",
    hooks: {
      "astro:build:done": ({ logger }) => {
        for (const line of session.publish()) logger.info(line);
      },
    },
  };
}
