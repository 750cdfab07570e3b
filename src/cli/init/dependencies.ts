import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { packageRoot } from "../own-version.ts";

const versions = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  version: z.string(),
  dependencies: versions,
  peerDependencies: versions,
});

/**
 * Dependencies of a new blog's package.json: this version of Backfence, and the Astro version that it was tested with.
 * @param spec replaces the published version; the path of a tarball or folder becomes `file:`, relative to the blog.
 */
export function dependenciesOf(
  spec: string | undefined,
  folder: string,
  cwd: string,
): Readonly<Record<"astro" | "backfence", string>> {
  const text = readFileSync(path.join(packageRoot(), "package.json"), "utf8");
  const { version, dependencies, peerDependencies } = manifestSchema.parse(JSON.parse(text));
  const range = peerDependencies["astro"] ?? dependencies["astro"] ?? "latest";
  const astro = /\d+\.\d+\.\d+/.exec(range)?.[0] ?? range;
  return { astro, backfence: backfenceSpec(spec, version, folder, cwd) };
}

function backfenceSpec(spec: string | undefined, version: string, folder: string, cwd: string): string {
  if (spec === undefined) return `^${version}`;
  const file = path.resolve(cwd, spec);
  return existsSync(file) ? `file:${path.relative(folder, file).split(path.sep).join("/")}` : spec;
}
