import path from "node:path";
import type { OptionSpecs } from "./args/options.ts";
import { contentFolder } from "./content-folder.ts";
import type { CommandContext } from "./responses/command.ts";
import type { CommandFolders } from "./responses/options.ts";

/** Options of commands that read an author's project in another place than usual. */
export const FOLDER_OPTIONS = {
  content: { type: "string", value: "DIR", description: "content folder", default: "content" },
  public: {
    type: "string",
    value: "DIR",
    description: "files that are published unchanged",
    default: "public",
  },
  cache: { type: "string", value: "DIR", description: "cache folder", default: ".cache" },
} as const satisfies OptionSpecs;

/**
 * The folders that the options name, absolute.
 * @param part folder within the cache: commands may run beside each other and beside a build.
 * @throws UsageError when there is no content folder.
 */
export function foldersOf(
  values: Readonly<Record<"content" | "public" | "cache", string>>,
  { root }: CommandContext,
  part: string,
): CommandFolders {
  const contentDir = contentFolder(root, values.content);
  return {
    root: path.dirname(contentDir),
    contentDir,
    publicDir: path.resolve(root, values.public),
    cacheDir: path.resolve(root, values.cache, part),
  };
}
