/** Existing files in the content folder. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMap, parseDocument } from "yaml";
import { readFileIfExists } from "../responses/store.ts";
import { withoutDate } from "../content/file-date.ts";
import { UNSET_URL } from "../site/settings-fields/identity.ts";
import { loadSettings } from "../site/load-settings.ts";
import type { Permalinks } from "./plan-addresses.ts";
import { readImportState } from "./write/import-state.ts";

export interface ExistingSettings {
  /** Null if it isn't set. */
  readonly url: string | null;
  readonly timeZone: string | null;
  readonly permalinks: Permalinks;
  /** Whether the file wasn't written by an import or was edited since. */
  readonly isOwn: boolean;
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  readonly oldFeeds: readonly { readonly path: string; readonly feed: string }[];
}

/** The blog's settings; null if it has none. */
export function existingSettings(contentDir: string): ExistingSettings | null {
  const file = path.join(contentDir, "site.yaml");
  if (!existsSync(file)) return null;
  const known = readImportState(contentDir).get("site.yaml") ?? [];
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  const settings = loadSettings({ contentDir, root: path.dirname(contentDir) });
  const { timeZone, permalinks, redirects, oldFeeds } = settings;
  const url = settings.url === UNSET_URL ? null : settings.url;
  return { url, timeZone, permalinks, isOwn: !known.includes(hash), redirects, oldFeeds };
}

/** Ids of authors from earlier imports, by name. */
export function importedAuthors(contentDir: string): ReadonlyMap<string, string> {
  const files = [...readImportState(contentDir).keys()].filter((name) => /^authors\/[^/]+\.yaml$/.test(name));
  return new Map(
    files.flatMap((file): [string, string][] => {
      const text = readFileIfExists(path.join(contentDir, file));
      const name = text === null ? undefined : nameIn(text);
      return name === undefined ? [] : [[name, path.basename(file, ".yaml")]];
    }),
  );
}

function nameIn(yaml: string): string | undefined {
  const document = parseDocument(yaml);
  const name: unknown = isMap(document.contents) ? document.get("name") : undefined;
  return typeof name === "string" ? name : undefined;
}

export interface ExistingText {
  readonly kind: "post" | "note" | "page";
  readonly slug: string;
}

/** Posts, notes and pages that weren't imported. */
export function existingTexts(contentDir: string): ExistingText[] {
  const imported = readImportState(contentDir);
  return (["post", "note", "page"] as const).flatMap((one) => {
    const kind = `${one}s`;
    const folder = path.join(contentDir, kind);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const names = entry.isDirectory()
        ? readdirSync(path.join(folder, entry.name))
            .filter((name) => /^index\.mdx?$/.test(name))
            .map((name) => `${entry.name}/${name}`)
        : [entry.name];
      const isOwn = names.some((name) => /\.mdx?$/.test(name) && !imported.has(`${kind}/${name}`));
      return isOwn ? [{ kind: one, slug: withoutDate(entry.name.replace(/\.mdx?$/, "")) }] : [];
    });
  });
}
