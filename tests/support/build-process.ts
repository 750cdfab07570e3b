/**
 * Builds sites one after the other, in one process. Reads one request per line, and prints the output of `astro build`,
 * then an end marker on both streams.
 */
import { createInterface } from "node:readline";
import { build } from "astro";
import { END, type BuildRequest } from "./shared-builds.ts";

for await (const line of createInterface({ input: process.stdin })) {
  const { folder, env } = JSON.parse(line) as BuildRequest;
  process.chdir(folder);
  Object.assign(process.env, env);
  let status = 0;
  try {
    await build({ root: folder });
  } catch (error) {
    console.error(error);
    status = 1;
  }
  for (const name of Object.keys(env)) delete process.env[name];
  process.stderr.write(`${END}\n`);
  process.stdout.write(`${END} ${status}\n`);
}
