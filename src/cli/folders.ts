import path from "node:path";
import type { OptionSpecs } from "./args/options.ts";
import { configuredFolders } from "./configured-folders.ts";
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
 * The folders that the options name, or else the project's configuration, absolute.
 * @param part folder within the cache: commands may run beside each other and beside a build.
 * @throws UsageError when there is no content folder.
 */
export function foldersOf(
  values: Readonly<Record<"content" | "public" | "cache", string>>,
  { root }: CommandContext,
  part: string,
): CommandFolders {
  const configured = configuredFolders(root);
  const isUsual = values.content === FOLDER_OPTIONS.content.default;
  const contentDir = contentFolder(root, (isUsual ? configured.contentDir : undefined) ?? values.content);
  const isUsualPublic = values.public === FOLDER_OPTIONS.public.default;
  return {
    root: path.dirname(contentDir),
    contentDir,
    publicDir: path.resolve(root, (isUsualPublic ? configured.publicDir : undefined) ?? values.public),
    pagesDir: path.resolve(root, configured.srcDir ?? "src", "pages"),
    cacheDir: path.resolve(root, values.cache, part),
  };
}
