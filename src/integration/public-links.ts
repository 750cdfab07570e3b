import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { assertInside } from "../lib/site/assert-inside.ts";
import type { Project } from "./project.ts";

/**
 * Symbolic links in `public/` must stay inside the project; otherwise a pull request could publish other files.
 * @throws AuthorError
 */
export function checkPublicLinks({ root, publicDir }: Project): void {
  if (!existsSync(publicDir)) return;
  for (const entry of readdirSync(publicDir, { recursive: true, withFileTypes: true }))
    if (entry.isSymbolicLink()) assertInside(root, path.join(entry.parentPath, entry.name));
}
