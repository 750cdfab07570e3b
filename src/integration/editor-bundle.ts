/** Bundles the browser editor from the author's `node_modules`, once for each version of its package. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { build as viteBuild, Plugin } from "vite";
import * as z from "zod";
import { hashOf } from "../lib/cache/file-cache.ts";
import { codeVersion } from "../lib/code-version.ts";
import { HASHED_PARTS, type EditorPart } from "../lib/editor/editor-files.ts";
import { findEditorPackage } from "../lib/editor/editor-package.ts";
import { listFiles } from "./list-files.ts";
import type { Project } from "./project.ts";

const viteSchema = z.object({
  build: z.custom<typeof viteBuild>((value) => typeof value === "function"),
});

/** The files of the bundled editor; empty if its package isn't installed, which `loadBlog` reports. */
export async function editorBundle({
  home,
  cacheDir,
}: Pick<Project, "home" | "cacheDir">): Promise<EditorPart[]> {
  const found = findEditorPackage(home);
  if (found === null) return [];
  const { folder: source, entry, version } = found;
  const name = hashOf(codeVersion(), version).slice(0, 16);
  const folder = path.join(cacheDir, "editor", name);
  // Written last: a bundle without it was interrupted.
  const done = path.join(folder, "done");
  if (!existsSync(done)) {
    rmSync(path.join(cacheDir, "editor"), { recursive: true, force: true });
    await bundle(entry, folder);
    writeFileSync(path.join(folder, "site/licence.txt"), licences(source));
    writeFileSync(done, "");
  }
  const site = path.join(folder, "site");
  return listFiles(site).map((file) => ({
    file,
    key: hashOf(name, file),
    read: () => readFile(path.join(site, file)),
  }));
}

async function bundle(entry: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const start = path.join(folder, "start.js");
  writeFileSync(start, `import { init } from ${JSON.stringify(pathToFileURL(entry).href)};\ninit();\n`);
  const { build } = await astrosVite();
  await build({
    configFile: false,
    root: folder,
    publicDir: false,
    base: "./",
    logLevel: "error",
    plugins: [noGrammars],
    build: {
      outDir: path.join(folder, "site"),
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: start,
        output: {
          entryFileNames: "editor.js",
          chunkFileNames: `${HASHED_PARTS}[name].[hash].js`,
          assetFileNames: `${HASHED_PARTS}[name].[hash][extname]`,
        },
      },
    },
  });
}

/** Leaves out highlighting grammars for some 240 languages, half of the bundle: posts are edited as plain source. */
const noGrammars: Plugin = {
  name: "backfence:no-grammars",
  enforce: "pre",
  resolveId: { filter: { id: /^@shikijs\/langs\// }, handler: () => "\0no-grammar" },
  load: { filter: { id: /^\0no-grammar$/ }, handler: () => "export default [];" },
};

/** A dependency of Astro; with some package managers, only Astro can resolve it. */
const ASTROS = "vite";

/** The Vite that Astro uses. */
async function astrosVite(): Promise<z.output<typeof viteSchema>> {
  const astro = createRequire(import.meta.url).resolve("astro/package.json");
  const vite: unknown = await import(pathToFileURL(createRequire(astro).resolve(ASTROS)).href);
  return viteSchema.parse(vite);
}

/** License texts of the editor and its fonts. */
function licences(source: string): string {
  return listFiles(source)
    .filter((file) => /licen[cs]e[^/]*$/i.test(file))
    .sort()
    .map((file) => `${file}\n\n${readFileSync(path.join(source, file), "utf8").trim()}\n`)
    .join("\n\n");
}
