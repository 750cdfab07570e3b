import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../author-error.ts";

/** File in which a project keeps its hosts and what was written for them. Commit it. */
export const MANIFEST = "host/hosts.json";

const manifestSchema = z.strictObject({
  hosts: z.array(z.string()),
  /** Path → hash of the text as it was written. */
  written: z.record(z.string(), z.string()),
});
export type HostManifest = z.output<typeof manifestSchema>;

/** The project's manifest, an empty one when there is none. @throws AuthorError when it can't be read. */
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

/** The manifest as text, in a fixed order. */
export function manifestText({ hosts, written }: HostManifest): string {
  const files = Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ hosts: [...hosts].sort(), written: Object.fromEntries(files) }, null, 2)}\n`;
}

/** Hash of a text; line ends don't count, since git may change them on Windows. */
export function textHash(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 16);
}
