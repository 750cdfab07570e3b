/** `npm start`: builds the site of this folder with Astro and serves it. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const astro = path.join(
  path.dirname(createRequire(import.meta.url).resolve("astro/package.json")),
  "bin/astro.mjs",
);

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

for (const command of ["build", "preview"]) {
  const status = await run([command, ...(command === "preview" ? process.argv.slice(2) : [])]);
  if (status !== 0) process.exit(status);
}

/** Runs an Astro command and forwards signals to it, or it would outlive this process. @returns its exit code. */
function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [astro, ...args], { stdio: "inherit" });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => {
      for (const signal of SIGNALS) process.off(signal, pass);
      resolve(status ?? 1);
    });
  });
}
