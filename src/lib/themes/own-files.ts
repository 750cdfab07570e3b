import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import type { AppearanceContext } from "./appearance.ts";
import { pngSize } from "./png-size.ts";
import { svgSize } from "./svg.ts";

/** A picture of the author's that the header shows. */
export interface LogoFile {
  /** Below `content/`, with forward slashes. */
  readonly file: string;
  /** Site path, named for its contents. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

type Place = Pick<AppearanceContext, "contentDir" | "file" | "lineOf">;

/** A file that a setting names, below `content/`; the issue when it isn't there or of another kind. */
export function ownFile(
  name: string,
  key: readonly string[],
  types: readonly string[],
  { contentDir, file, lineOf }: Place,
): { readonly path: string | null; readonly issues: readonly AuthorIssue[] } {
  const relative = path.posix.normalize(name.replace(/^\.?\//, ""));
  const absolute = path.join(contentDir, relative);
  const type = path.extname(relative).slice(1).toLowerCase();
  const problem = (message: string, hint: string) => ({
    path: null,
    issues: [{ message, file, line: lineOf(key), hint }],
  });
  const folder = path.basename(contentDir);
  if (!types.includes(type))
    return problem(
      `\`${key.join(".")}\` should be a file of the type ${types.join(", ")}`,
      `For example:\n${key.at(-1)}: logo.${types[0]}`,
    );
  if (relative.startsWith("..") || !existsSync(absolute) || !statSync(absolute).isFile())
    return problem(
      `There is no file ${folder}/${relative.replace(/^(\.\.\/)+/, "")}`,
      `\`${key.join(".")}\` names a file in ${folder}/. Put it there, or correct its name.`,
    );
  return { path: relative, issues: [] };
}

/** A logo with its size, so that nothing moves when it arrives. */
export function logoFile(
  name: string,
  key: readonly string[],
  place: Place,
): { readonly logo: LogoFile | null; readonly issues: readonly AuthorIssue[] } {
  const found = ownFile(name, key, ["svg", "png"], place);
  if (found.path === null) return { logo: null, issues: found.issues };
  const bytes = readFileSync(path.join(place.contentDir, found.path));
  const type = path.extname(found.path).toLowerCase();
  const size = type === ".svg" ? svgSize(bytes.toString("utf8")) : pngSize(bytes);
  if (size === null)
    return {
      logo: null,
      issues: [
        {
          message: `The size of ${path.basename(found.path)} is unknown`,
          file: place.file,
          line: place.lineOf(key),
          hint: `An SVG needs \`viewBox\`, or \`width\` and \`height\`: <svg viewBox="0 0 200 48">`,
        },
      ],
    };
  const { width, height } = size;
  return {
    logo: { file: found.path, path: `/logo-${hashOf(bytes).slice(0, 10)}${type}`, width, height },
    issues: [],
  };
}
