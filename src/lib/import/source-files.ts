/** The files of an export: one file, a folder, or the contents of a zip. */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { decodeLines } from "./decode.ts";
import { gunzipInto, unzipInto, zipBudget } from "./unzip.ts";

export interface SourceFiles {
  /** Absolute path of the folder with the files. */
  readonly root: string;
  /** Sorted paths relative to `root`, with forward slashes. */
  readonly files: readonly string[];
  /** Removes unpacked files. */
  readonly close: () => void;
}

const MOST_FILES = 500_000;
/** Folders of tools, which contain nothing of the blog. */
const TOOLS = new Set([".git", "node_modules", ".jekyll-cache", ".astro", ".cache", "__MACOSX"]);

/** @throws AuthorError if the source doesn't exist, or a zip is damaged or a zip bomb. */
export async function openSource(source: string): Promise<SourceFiles> {
  const stats = statSync(source, { throwIfNoEntry: false });
  if (stats === undefined) {
    const hint = "Name the file, folder or zip that the old platform gave you.";
    throw new AuthorError([{ file: source, message: "There is no such file or folder", hint }]);
  }
  if (stats.isDirectory())
    return { root: path.resolve(source), files: listFiles(source), close: () => undefined };
  const magic = startOf(source);
  const isGzip = magic.startsWith("\x1f\x8b");
  if (!isGzip && magic !== "PK\x03\x04") {
    return {
      root: path.dirname(path.resolve(source)),
      files: [path.basename(source)],
      close: () => undefined,
    };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "backfence-unzip-"));
  const close = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (isGzip) await gunzipInto(source, path.join(folder, path.basename(source).replace(/\.gz$/i, "")));
    else {
      await unzipInto(source, folder);
      await unpackWithin(folder, source);
    }
    return { root: folder, files: listFiles(folder), close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Unpacks zips within an export: Tumblr's `posts.zip`, the parts of Notion's export. Other zips are attachments and
 * stay packed, as do zips within the unpacked ones.
 */
async function unpackWithin(folder: string, source: string): Promise<void> {
  const files = listFiles(folder);
  const areParts = files.every((file) => /\.zip$/i.test(file));
  const inner = files.filter((file) => /(?:^|\/)posts\.zip$/i.test(file) || areParts).slice(0, MOST_INNER);
  const budget = zipBudget();
  for (const file of inner) {
    const zip = path.join(folder, file);
    if (startOf(zip) !== "PK\x03\x04") continue;
    // Parts of one export share a folder.
    const target = areParts ? folder : zip.replace(/\.zip$/i, "");
    try {
      await unzipInto(zip, target, undefined, budget);
    } catch (error) {
      if (!(error instanceof AuthorError)) throw error;
      throw new AuthorError(error.issues.map((issue) => ({ ...issue, file: `${source}/${file}` })));
    }
    rmSync(zip);
  }
}

const MOST_INNER = 100;

/** The whole text of a file of the source. */
export function readSourceText({ root }: SourceFiles, file: string): string {
  return decodeLines(readFileSync(path.join(root, file)))
    .replace(/^\uFEFF/, "")
    .replaceAll(/\r\n?/g, "\n");
}

function listFiles(folder: string): string[] {
  const files: string[] = [];
  const walk = (relative: string): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && !TOOLS.has(entry.name)) walk(name);
      // Symbolic links are skipped: they may point anywhere on this machine.
      else if (entry.isFile() && files.length < MOST_FILES) files.push(name);
    }
  };
  walk("");
  return files.sort();
}

/** The first four bytes of a file. */
function startOf(file: string): string {
  const handle = openSync(file, "r");
  try {
    const start = Buffer.alloc(4);
    readSync(handle, start, 0, start.length, 0);
    return start.toString("latin1");
  } finally {
    closeSync(handle);
  }
}
