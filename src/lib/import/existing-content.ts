/** Existing files in the content folder. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { withoutDate } from "../content/file-date.ts";
import { loadSettings } from "../site/load-settings.ts";
import { readImportState } from "./write/import-state.ts";

export interface ExistingSettings {
  readonly url: string;
  readonly timeZone: string | null;
}

/** The blog's settings, or null when it has none or an import wrote them. */
export function existingSettings(contentDir: string): ExistingSettings | null {
  if (!existsSync(path.join(contentDir, "site.yaml")) || readImportState(contentDir).has("site.yaml"))
    return null;
  const { url, timeZone } = loadSettings({ contentDir, root: path.dirname(contentDir) });
  return { url, timeZone };
}

/** Slugs of posts, notes and pages that weren't imported. */
export function existingSlugs(contentDir: string): string[] {
  const imported = readImportState(contentDir);
  return ["posts", "notes", "pages"].flatMap((kind) => {
    const folder = path.join(contentDir, kind);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const names = entry.isDirectory()
        ? readdirSync(path.join(folder, entry.name))
            .filter((name) => /^index\.mdx?$/.test(name))
            .map((name) => `${entry.name}/${name}`)
        : [entry.name];
      const isOwn = names.some((name) => /\.mdx?$/.test(name) && !imported.has(`${kind}/${name}`));
      return isOwn ? [withoutDate(entry.name.replace(/\.mdx?$/, ""))] : [];
    });
  });
}
