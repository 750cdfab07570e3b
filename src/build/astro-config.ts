import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import type { AstroUserConfig } from "astro";
import { createHash } from "node:crypto";
import { contentPolicy } from "../lib/site/content-policy.ts";
import { backfencePlugin, type BackfencePluginOptions } from "../lib/markup/mdx-plugin.ts";
import { readingFontPlugin } from "../lib/site/fonts.ts";
import { themeBoot } from "../lib/site/theme-boot.ts";
import { plainImports } from "./plain-imports.ts";
import type { Settings } from "../lib/site/settings.ts";

/** Astro's configuration for a blog. What a post may do is decided in `content/`, so nothing here is for authors. */
export function astroConfig(settings: Settings): AstroUserConfig {
  const { origin, pathname } = new URL(settings.url);
  const policy = contentPolicy(settings);
  return {
    site: origin,
    base: pathname,
    output: "static",
    trailingSlash: "always",
    build: { format: "directory", inlineStylesheets: "never" },
    devToolbar: { enabled: false },
    markdown: { syntaxHighlight: false },
    security: {
      csp: {
        algorithm: "SHA-256",
        directives: policy.directives,
        scriptDirective: { resources: policy.scriptSources, hashes: [sha256(themeBoot)] },
        styleDirective: { resources: policy.styleSources },
      },
    },
    vite: { plugins: [readingFontPlugin(), plainImports()], build: { assetsInlineLimit: 0 } },
  };
}

/** The same for what compiles MDX: posts with imports or expressions of their own. */
export function withMdx(config: AstroUserConfig, options: BackfencePluginOptions): AstroUserConfig {
  const processor = satteri({ hastPlugins: [backfencePlugin(options)] });
  return {
    ...config,
    integrations: [mdx({ processor, extendMarkdownConfig: false, syntaxHighlight: false })],
  };
}

function sha256(text: string): `sha256-${string}` {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
