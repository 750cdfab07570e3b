import path from "node:path";
import { readFileSync, statSync } from "node:fs";
import { hashOf } from "../lib/cache/file-cache.ts";
import type { Settings } from "../lib/site/settings.ts";
import { astroConfig } from "./astro-config.ts";
import { listFiles } from "./list-files.ts";

/** Parts of the engine whose change makes every output anew: code, templates, styles, and the locked packages. */
const ENGINE_SOURCES = ["src", "package.json", "package-lock.json", "tsconfig.json"];

/** Names the engine: its sources, its packages and the version of Node that it runs on. */
export function engineVersionOf(root: string, nodeVersion: string = process.version): string {
  const files = ENGINE_SOURCES.flatMap((place) => filesAt(root, place))
    .filter((file) => !/\.test\.ts$/.test(file))
    .sort();
  return hashOf(nodeVersion, ...files.flatMap((file) => [file, readFileSync(path.join(root, file))]));
}

/** Names the code that renders pages, with the settings that go into its bundle. */
export function engineKeyOf(version: string, settings: Settings): string {
  return hashOf(version, JSON.stringify(astroConfig(settings)));
}

function filesAt(root: string, place: string): string[] {
  const absolute = path.join(root, place);
  return statSync(absolute).isDirectory() ? listFiles(absolute).map((file) => `${place}/${file}`) : [place];
}
