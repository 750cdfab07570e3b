import path from "node:path";
import type { OptionSpecs } from "./args/options.ts";
import { configuredFolders } from "./configured-folders.ts";
import { contentFolder } from "./content-folder.ts";
import type { CommandContext } from "./responses/command.ts";
import type { CommandFolders } from "./responses/options.ts";

/** Options for commands that read an author's project, to override the default folders. */
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
 * Absolute paths of the folders, from the options, else from the project's configuration, else the defaults.
 * @param part subfolder of the cache, so that commands can run in parallel with each other and with a build.
 * @throws UsageError when the content folder doesn't exist.
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
