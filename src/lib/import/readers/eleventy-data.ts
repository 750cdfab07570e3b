/** Data files of Eleventy (https://www.11ty.dev/docs/data-template-dir/), read without running them. */
import path from "node:path";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";

export interface DataFile {
  /** Folder whose texts it is for. */
  readonly folder: string;
  /** Tags that all of them get. */
  readonly tags: readonly string[];
  /** Pattern of their addresses. */
  readonly permalink: string | null;
}

/** Those of the outer folders first. */
export function readDataFiles(source: SourceFiles): DataFile[] {
  const files = source.files.filter((file) => {
    const [, folder = "", name = ""] =
      /^(?:(.*)\/)?([^/]+?)(?:\.11tydata)?\.(?:[cm]?js|json)$/.exec(file) ?? [];
    return name !== "" && path.posix.basename(folder) === name;
  });
  return files
    .map((file) => {
      const text = readSourceText(source, file);
      return { folder: path.posix.dirname(file), tags: tagsIn(text), permalink: permalinkIn(text) };
    })
    .sort((a, b) => a.folder.length - b.folder.length);
}

function tagsIn(text: string): string[] {
  const [, list = ""] = /["']?\btags["']?\s*:\s*(\[[^\]]*\]|"[^"]*"|'[^']*')/.exec(text) ?? [];
  return [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? "");
}

function permalinkIn(text: string): string | null {
  return /["']?\bpermalink["']?\s*:\s*(["'`])((?:(?!\1)[^\n])*)\1/.exec(text)?.[2] ?? null;
}
