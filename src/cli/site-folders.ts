import path from "node:path";
import { parseArgs } from "node:util";

/** Where a command reads and writes; every folder can be named on the command line. */
export interface SiteFolders {
  readonly root: string;
  readonly contentDir: string;
  readonly publicDir: string;
  readonly outDir: string;
  readonly cacheDir: string;
}

/** Options that every command about the site takes. */
export const FOLDER_OPTIONS = {
  content: { type: "string" },
  public: { type: "string" },
  out: { type: "string" },
  cache: { type: "string" },
} as const;

/** Reads `--content`, `--public`, `--out`, `--cache`, `--clean`, `--port` and `--now` (an ISO date: build as if it were then). */
export function siteArguments(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...FOLDER_OPTIONS,
      clean: { type: "boolean" },
      port: { type: "string" },
      now: { type: "string" },
    },
  });
  const now = values.now === undefined ? new Date() : new Date(values.now);
  return {
    folders: siteFolders(values),
    isClean: values.clean ?? false,
    port: Number(values.port ?? 4321),
    now,
  };
}

/** The folders that the options name, else the usual ones. */
export function siteFolders(values: {
  readonly content?: string | undefined;
  readonly public?: string | undefined;
  readonly out?: string | undefined;
  readonly cache?: string | undefined;
}): SiteFolders {
  const root = path.resolve(import.meta.dirname, "../..");
  return {
    root,
    contentDir: path.resolve(root, values.content ?? "content"),
    publicDir: path.resolve(root, values.public ?? "public"),
    outDir: path.resolve(root, values.out ?? "dist"),
    cacheDir: path.resolve(root, values.cache ?? ".cache"),
  };
}
