import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../author-error.ts";

/** File with the project's hosts and the hashes of their written files. Meant to be committed. */
export const MANIFEST = "host/hosts.json";

const manifestSchema = z.strictObject({
  hosts: z.array(z.string()),
  /** Path → hash of the written text. */
  written: z.record(z.string(), z.string()),
});
export type HostManifest = z.output<typeof manifestSchema>;

/** The project's manifest; empty if the file doesn't exist. @throws AuthorError if it's invalid. */
export function readManifest(root: string): HostManifest {
  const file = path.join(root, MANIFEST);
  if (!existsSync(file)) return { hosts: [], written: {} };
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new AuthorError([
      {
        file: MANIFEST,
        message: "This isn't a list of hosts as `backfence host` writes it",
        hint: "Remove the file and run `npx backfence host <name>` again.",
      },
    ]);
  }
}

/** Serializes the manifest, sorted. */
export function manifestText({ hosts, written }: HostManifest): string {
  const files = Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ hosts: [...hosts].sort(), written: Object.fromEntries(files) }, null, 2)}\n`;
}

/** Hash of a text, ignoring line endings, which git may change on Windows. */
export function textHash(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 16);
}
