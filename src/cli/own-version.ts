import { readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const manifestSchema = z.object({ name: z.string(), version: z.string() });

/** Root folder of this package, two levels above both the source and the compiled file. */
export function packageRoot(): string {
  return path.resolve(import.meta.dirname, "../..");
}

/** Version of Backfence, from its package.json. */
export function ownVersion(): string {
  const text = readFileSync(path.join(packageRoot(), "package.json"), "utf8");
  return manifestSchema.parse(JSON.parse(text)).version;
}
