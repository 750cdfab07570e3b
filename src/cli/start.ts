/** `npm start`: builds the site of this folder with Astro and serves it. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const astro = path.join(
  path.dirname(createRequire(import.meta.url).resolve("astro/package.json")),
  "bin/astro.mjs",
);

for (const command of ["build", "preview"]) {
  const args = command === "preview" ? process.argv.slice(2) : [];
  const { status } = spawnSync(process.execPath, [astro, command, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
