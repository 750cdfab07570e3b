import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as z from "zod";
import type { AuthorIssue } from "../author-error.ts";
import type { Settings } from "../site/settings.ts";
import type { YamlSource } from "../yaml/source.ts";

const PACKAGE = "@sveltia/cms";

const manifestSchema = z.object({ version: z.string() });

/** The editor's package in the author's project; paths are absolute. */
export interface EditorPackage {
  readonly folder: string;
  readonly entry: string;
  readonly version: string;
}

/** Finds the editor's package; null if it isn't installed. @param root the project's root, absolute. */
export function findEditorPackage(root: string): EditorPackage | null {
  try {
    const entry = createRequire(path.join(root, "package.json")).resolve(PACKAGE);
    const folder = path.resolve(path.dirname(entry), "..");
    const manifest = readFileSync(path.join(folder, "package.json"), "utf8");
    return { folder, entry, version: manifestSchema.parse(JSON.parse(manifest)).version };
  } catch {
    return null;
  }
}

/** Returns an error if `editor` is set but the package isn't installed. */
export function checkEditorPackage(
  { editor }: Pick<Settings, "editor">,
  { file, lineOf }: Pick<YamlSource, "file" | "lineOf">,
  root: string,
): readonly AuthorIssue[] {
  if (editor === null || findEditorPackage(root) !== null) return [];
  const message = `\`editor\` needs the package ${PACKAGE}, which isn't installed`;
  return [{ message, file, line: lineOf(["editor"]), hint: `npm install ${PACKAGE}` }];
}
