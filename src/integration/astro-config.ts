import type { AstroUserConfig } from "astro";
import { createHash } from "node:crypto";
import { contentPolicy } from "../lib/site/content-policy.ts";
import { readingFontPlugin } from "../lib/site/fonts.ts";
import { speculationRules } from "../lib/site/speculation.ts";
import { themeBoot } from "../lib/site/theme-boot.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { plainImports } from "./plain-imports.ts";
import { rememberedDigests } from "./remembered-digests.ts";
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
        scriptDirective: {
          resources: policy.scriptSources,
          hashes: [sha256(themeBoot), sha256(speculationRules(siteUrls(settings).base))],
        },
        styleDirective: { resources: policy.styleSources },
      },
    },
    vite: {
      plugins: [readingFontPlugin(), plainImports(), rememberedDigests()],
      build: { assetsInlineLimit: 0 },
    },
  };
}

function sha256(text: string): `sha256-${string}` {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
