import * as z from "zod";

const versions = z.record(z.string(), z.string());

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  keywords: z.array(z.string()),
  exports: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()),
  dependencies: z.intersection(versions, z.object({ astro: z.string() })),
  optionalDependencies: versions.default({}),
});

/**
 * Returns the published package.json, based on the repository's: compiled files, Astro as a peer, nothing for tests.
 * @throws ZodError when the repository's package.json lacks a field.
 */
export function publishedManifest(text: string): object {
  const { exports, bin, dependencies, optionalDependencies, ...about } = manifestSchema.parse(
    JSON.parse(text),
  );
  const { astro, ...own } = dependencies;
  return {
    ...about,
    type: "module",
    engines: { node: ">=22.12" },
    bin: Object.fromEntries(Object.entries(bin).map(([name, file]) => [name, compiled(file)])),
    exports: Object.fromEntries(Object.entries(exports).map(([name, file]) => [name, conditions(file)])),
    dependencies: own,
    optionalDependencies,
    peerDependencies: { astro: `^${astro}` },
  };
}

/** Maps a TypeScript file to its JavaScript and declarations; other files are published unchanged. */
function conditions(file: string): string | object {
  if (!file.endsWith(".ts")) return file;
  return { types: file.replace(/\.ts$/, ".d.ts"), default: compiled(file) };
}

function compiled(file: string): string {
  return file.replace(/\.ts$/, ".js");
}
