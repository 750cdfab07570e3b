/**
 * Records which blog the last import came from. An import removes the files of the previous one that it doesn't write
 * itself, so importing a second blog into the same folder would remove the first.
 */
import path from "node:path";
import * as z from "zod";
import { AuthorError } from "../../author-error.ts";
import { readFileIfExists } from "../../responses/store.ts";
import { FORMAT_NAMES } from "../detect.ts";
import type { ImportFormat } from "../detect.ts";

const SOURCE_FILE = "_import/source.json";

const schema = z.object({ format: z.string(), host: z.string().nullable() });
type ImportSource = z.output<typeof schema>;

/** @throws AuthorError if the folder contains an import of another blog. */
export function checkSource(contentDir: string, format: ImportFormat, siteUrl: string | null): void {
  const before = readSource(contentDir);
  if (before === null) return;
  const host = hostOf(siteUrl);
  const isSameHost = before.host === null || host === null || before.host === host;
  if (before.format === format && isSameHost) return;
  const name = Object.entries(FORMAT_NAMES).find(([known]) => known === before.format)?.[1] ?? before.format;
  const message = `The folder already contains an import from ${name}${before.host === null ? "" : ` (${before.host})`}`;
  const hint =
    "An import replaces the previous one. Import this blog with --out into a new folder, then move its files.";
  throw new AuthorError([{ file: contentDir, message, hint }]);
}

/** Name and content of the file that records the blog. */
export function sourceFile(format: ImportFormat, siteUrl: string | null): readonly [string, string] {
  const source: ImportSource = { format, host: hostOf(siteUrl) };
  return [SOURCE_FILE, `${JSON.stringify(source, null, 2)}\n`];
}

function hostOf(address: string | null): string | null {
  return URL.parse(address ?? "")?.hostname.replace(/^www\./, "") ?? null;
}

/** Null if the file is missing or damaged. */
function readSource(contentDir: string): ImportSource | null {
  try {
    const parsed = schema.safeParse(
      JSON.parse(readFileIfExists(path.join(contentDir, SOURCE_FILE)) ?? "null"),
    );
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
