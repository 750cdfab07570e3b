import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Settings } from "../lib/site/settings.ts";
import { SHADOW_FOLDER, type BundledBodies, type Bundler } from "./bundler.ts";
import { isEngineCurrent, isEngineWhole, sealEngine } from "./engine-facts.ts";

/**
 * Astro's routes, layouts and components, bundled once and kept, so that a build in which only content changed
 * starts no bundler and loads no Astro.
 */
export interface Engine {
  readonly key: string;
  /** Folder with `server/`, `client/` (the files that pages link to) and facts about both. */
  readonly folder: string;
}

export interface EngineOptions {
  readonly root: string;
  /** Folder that keeps the engines, one folder a key. */
  readonly cacheDir: string;
  /** Hash of all that goes into the bundle. */
  readonly key: string;
  readonly settings: Settings;
  /** Folder whose `pages/` holds the routes, from the root. */
  readonly srcDir: string;
  /** For the engine that renders posts with imports of their own. */
  readonly bodies: BundledBodies | null;
  /** Told of an engine that is damaged, which is thrown away. */
  readonly onDamage: (folder: string) => void;
  readonly bundler: Bundler;
}

/**
 * The engine for a key: the kept one if it is whole, or a fresh bundle.
 * @throws AuthorError when something of the author's can't be compiled.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const folder = path.join(options.cacheDir, options.key);
  if (existsSync(folder)) {
    const isWhole = isEngineWhole(folder);
    if (isWhole && isEngineCurrent(options.root, folder)) return { key: options.key, folder };
    if (!isWhole) options.onDamage(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  const drafts = path.join(options.root, ".cache", "drafts");
  const draft = path.join(drafts, `${process.pid}-${randomUUID()}`);
  mkdirSync(draft, { recursive: true });
  try {
    const { root, srcDir, settings, bodies } = options;
    await options.bundler.bundle({ draft, root, srcDir, settings, bodies });
    for (const name of ["astro", SHADOW_FOLDER])
      rmSync(path.join(draft, name), { recursive: true, force: true });
    sealEngine(draft);
    mkdirSync(options.cacheDir, { recursive: true });
    linkPackages(options.root, options.cacheDir);
    move(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  dropOthers(options.cacheDir, options.key);
  return { key: options.key, folder };
}

/** An engine imports packages; where the cache lies outside of the project it finds them by a link. */
function linkPackages(root: string, cacheDir: string): void {
  if (!path.relative(root, cacheDir).startsWith("..")) return;
  const link = path.join(cacheDir, "node_modules");
  rmSync(link, { recursive: true, force: true });
  symlinkSync(path.join(root, "node_modules"), link, "junction");
}

/** Renames a folder, or copies it where the cache lies on another disk. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    cpSync(from, to, { recursive: true });
  }
}

function dropOthers(cacheDir: string, key: string): void {
  for (const name of readdirSync(cacheDir)) {
    if (name !== key && name !== "node_modules")
      rmSync(path.join(cacheDir, name), { recursive: true, force: true });
  }
}
