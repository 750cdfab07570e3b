import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isSatteriProcessor, type SatteriResolvedOptions } from "@astrojs/markdown-satteri";
import type { AstroConfig } from "astro";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { RenderBody } from "../lib/content/body-entry.ts";
import type { MarkdownOptions } from "../lib/markdown/markdown-options.ts";
import { renderBody } from "../lib/markdown/render-body.ts";
import { configFiles } from "./config-files.ts";

/** The Markdown plug-ins of the user's configuration, for posts and pages; none if the user sets another processor. */
export function markdownOptionsOf({
  markdown,
  root,
}: Pick<AstroConfig, "markdown" | "root">): MarkdownOptions {
  const { processor } = markdown;
  if (processor === undefined || !isSatteriProcessor(processor)) return {};
  const { mdastPlugins, hastPlugins }: SatteriResolvedOptions = processor.options;
  if (mdastPlugins.length === 0 && hastPlugins.length === 0) return {};
  return { mdastPlugins, hastPlugins, version: configHash(root) };
}

/** Renderer for content with the user's plug-ins; undefined if the user adds none. */
export function rendererWith(options: MarkdownOptions): RenderBody | undefined {
  if (options.version === undefined) return undefined;
  return (source, pictures, own) => renderBody(source, pictures, { ...own, ...options });
}

const LOCK_FILES = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/** Hash of the Astro configuration, its imports and the lock file: these determine the plug-ins and packages in use. */
export function configHash(root: URL): string {
  const locks = LOCK_FILES.map((name) => fileURLToPath(new URL(name, root)));
  const files = [...configFiles(fileURLToPath(root)), ...locks];
  return hashOf(
    ...files.flatMap((file) => (existsSync(file) ? [path.basename(file), readFileSync(file)] : [])),
  );
}
