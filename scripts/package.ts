/**
 * `npm run package`: writes the package, as it is published, to a tarball in dist-package/.
 *
 * Node doesn't strip types in node_modules, so TypeScript is compiled. The layout is kept: `src/x.ts` becomes
 * `src/x.js`, so that relative paths between files of the package stay valid.
 */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { publishedManifest } from "./package-manifest.ts";
import { withCompiledPaths } from "./compiled-paths.ts";

const root = path.resolve(import.meta.dirname, "..");
const { values } = parseArgs({ options: { out: { type: "string", default: "dist-package" } } });
const staging = path.join(root, ".cache/package");
const out = path.resolve(values.out);

/** Published unchanged: what Astro and Vite compile in the user's project, and docs. Excludes the demo's pages. */
const COPIED = [
  "src/**/*.{astro,css,svg,woff2,yaml}",
  "src/**/*.d.ts",
  "packages/*/{README.md,LICENSE*}",
  "schemas/*.json",
  "templates/**/*",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
];

rmSync(staging, { recursive: true, force: true });
compile();
for (const file of filesOf(COPIED)) {
  mkdirSync(path.dirname(path.join(staging, file)), { recursive: true });
  cpSync(path.join(root, file), path.join(staging, file));
}
for (const file of globSync("{src,packages}/**/*.{js,astro,d.ts}", { cwd: staging })) {
  const absolute = path.join(staging, file);
  writeFileSync(absolute, withCompiledPaths(readFileSync(absolute, "utf8")));
}
const manifest = publishedManifest(readFileSync(path.join(root, "package.json"), "utf8"));
writeFileSync(path.join(staging, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
mkdirSync(out, { recursive: true });
run("npm", ["pack", "--silent", "--pack-destination", out], staging);

function compile(): void {
  run(
    process.execPath,
    [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.package.json"],
    root,
  );
}

function filesOf(patterns: readonly string[]): readonly string[] {
  const isUnwanted = (file: string) =>
    /(?:^|\/)(?:fixtures|tests?)\/|\.test\.|^src\/pages\//.test(file.replaceAll("\\", "/"));
  return globSync([...patterns], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !isUnwanted(file));
}

function run(command: string, args: readonly string[], cwd: string): void {
  const isWindows = process.platform === "win32" && command === "npm";
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit", shell: isWindows });
  if (status !== 0) {
    console.error(`backfence: ${path.basename(command)} ${args[0] ?? ""} failed; there is no package.`);
    process.exit(1);
  }
}
