import { satteri } from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import type { AstroUserConfig } from "astro";
import { backfencePlugin, type BackfencePluginOptions } from "../lib/markdown/mdx-plugin.ts";

/** A configuration with what compiles MDX: posts with imports or expressions of their own. */
export function withMdx(config: AstroUserConfig, options: BackfencePluginOptions): AstroUserConfig {
  const processor = satteri({ hastPlugins: [backfencePlugin(options)] });
  return {
    ...config,
    integrations: [mdx({ processor, extendMarkdownConfig: false, syntaxHighlight: false })],
  };
}
