/** Imports fixtures of any format, including exports that contain only comments. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { imported } from "./imported.ts";
import type { ImportedBlog } from "./imported.ts";
import { tempFolder } from "./temp-folder.ts";

/** Creates a blog with the post and the page that the comments of the fixtures belong to. */
function blogForComments(): string {
  const contentDir = path.join(tempFolder("import"), "content");
  mkdirSync(path.join(contentDir, "posts"), { recursive: true });
  writeFileSync(
    path.join(contentDir, "site.yaml"),
    "title: The fence\nurl: https://new.example/\ntimeZone: UTC\n",
  );
  writeFileSync(
    path.join(contentDir, "posts/the-gate.md"),
    "---\ntitle: The gate\ndate: 2008-03-17\naliases: [/2008/03/the-gate.html]\n---\n\nA gate.\n",
  );
  return contentDir;
}

export async function importSource(source: string, isCommentsOnly = false): Promise<ImportedBlog> {
  return await imported(source, isCommentsOnly ? { contentDir: blogForComments(), baseUrl: null } : {});
}

/** Returns the files in a fixture's folder, or the file itself. */
export function filesOf(source: string): string[] {
  if (!statSync(source).isDirectory()) return [path.basename(source)];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function folderOf(source: string): string {
  return statSync(source).isDirectory() ? source : path.dirname(source);
}
