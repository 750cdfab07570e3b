import { existsSync } from "node:fs";
import path from "node:path";
import { UsageError } from "./responses/command.ts";

/**
 * Absolute path of the content folder.
 * @param named path relative to the project's root.
 * @throws UsageError when the folder doesn't exist.
 */
export function contentFolder(root: string, named: string): string {
  const folder = path.resolve(root, named);
  if (existsSync(folder)) return folder;
  const advice =
    named === "content" ? ". Run this in the folder of a blog, or make one: backfence init my-blog" : "";
  throw new UsageError(`There is no folder ${named.replace(/\/$/, "")}/ here${advice}`);
}
