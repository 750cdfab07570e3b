import { createHash } from "node:crypto";
import path from "node:path";
import { isSatteriProcessor, satteri } from "@astrojs/markdown-satteri";
import type { AstroConfig, AstroIntegration } from "astro";
import { contentPolicy, type ContentPolicy } from "../lib/site/content-policy.ts";
import { speculationRules } from "../lib/site/speculation.ts";
import { themeBoot } from "../lib/site/theme-boot.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { noPreloadHelper } from "./vite/no-preload-helper.ts";
import { backfencePlugin, sourceKeeper, type BackfencePluginOptions } from "../lib/markdown/mdx-plugin.ts";
import type { HeadTag } from "../lib/site/head-tag.ts";
import { namedOrigins, type NamedOrigins, type SourceDirective } from "./named-origins.ts";
import type { ResolvedOptions } from "./options.ts";
import type { Settings } from "../lib/site/settings.ts";

/** Parts of the user's configuration that ours depends on. */
type UserConfig = Pick<ResolvedOptions, "head"> & {
  readonly markdown: Partial<Pick<AstroConfig["markdown"], "processor">>;
  /** Contents of the author's style sheets. */
  readonly styleSheets: readonly string[];
};

type SetupHook = NonNullable<AstroIntegration["hooks"]["astro:config:setup"]>;
type ConfigUpdate = Parameters<Parameters<SetupHook>[0]["updateConfig"]>[0];

/** Astro's options for the address of the published site. */
export function siteConfig({ url }: Pick<Settings, "url">): {
  site: string;
  base: string;
  trailingSlash: "always";
} {
  const { origin, pathname } = new URL(url);
  return { site: origin, base: pathname, trailingSlash: "always" };
}

/** Astro configuration set by `site.yaml` and Backfence, to be merged into the user's. */
export function astroConfig(
  settings: Settings,
  bodies: BackfencePluginOptions,
  user: UserConfig,
): ConfigUpdate {
  const policy = contentPolicy(settings);
  const named = namedOrigins(user.head, user.styleSheets);
  const added = (directive: SourceDirective): string[] => [...(named.get(directive) ?? [])];
  return {
    ...siteConfig(settings),
    output: "static",
    build: { format: "directory", inlineStylesheets: "never" },
    markdown: { syntaxHighlight: false, processor: processorWith(bodies, user) },
    security: {
      csp: {
        algorithm: "SHA-256",
        directives: withSources(policy.directives, named),
        scriptDirective: {
          resources: [...policy.scriptSources, ...added("script-src")],
          hashes: [
            sha256(themeBoot),
            sha256(speculationRules(siteUrls(settings).base)),
            ...hashesOf(user.head, "script"),
          ],
        },
        styleDirective: {
          resources: [...policy.styleSources, ...added("style-src")],
          hashes: hashesOf(user.head, "style"),
        },
      },
    },
    vite: {
      plugins: [
        noPreloadHelper(),
        sourceKeeper(bodies.sources ?? new Map(), (file) =>
          bodies.isContent(path.relative(bodies.root, file).replaceAll("\\", "/")),
        ),
      ],
      build: { assetsInlineLimit: 0 },
    },
  };
}

/** Hashes of the inline scripts or styles that the user adds to the head. */
function hashesOf(head: readonly HeadTag[], tag: "script" | "style") {
  return head.filter((one) => one.tag === tag && one.content !== "").map(({ content }) => sha256(content));
}

/** Directives with the origins that the author's additions need. */
function withSources(
  directives: ContentPolicy["directives"],
  named: NamedOrigins,
): ContentPolicy["directives"] {
  const all = new Map<string, ReadonlySet<string>>(named);
  return directives.map((directive): typeof directive => {
    const origins = all.get(directive.slice(0, directive.indexOf(" ")));
    return origins === undefined ? directive : `${directive} ${[...origins].join(" ")}`;
  });
}

/** The user's Markdown plug-ins, followed by the one that renders posts. */
function processorWith(bodies: BackfencePluginOptions, { markdown }: Pick<UserConfig, "markdown">) {
  const own = backfencePlugin(bodies);
  const { processor } = markdown;
  if (processor === undefined || !isSatteriProcessor(processor)) return satteri({ hastPlugins: [own] });
  const { mdastPlugins, hastPlugins, features } = processor.options;
  return satteri({ mdastPlugins, hastPlugins: [...hastPlugins, own], features });
}

function sha256(text: string): `sha256-${string}` {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
