import { existsSync } from "node:fs";
import path from "node:path";
import { UsageError } from "./responses/command.ts";

/**
 * The content folder that an option names, absolute.
 * @throws UsageError when there is none.
 */
export function contentFolder(root: string, named: string): string {
  const folder = path.resolve(root, named);
  if (existsSync(folder)) return folder;
  const advice =
    named === "content" ? ". Run this in the folder of a blog, or make one: backfence init my-blog" : "";
  throw new UsageError(`There is no folder ${named.replace(/\/$/, "")}/ here${advice}`);
}
