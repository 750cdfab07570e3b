import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import { hashOf } from "../cache/file-cache.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isWebAddress } from "../site/values.ts";
import type { AppearanceContext } from "./appearance.ts";
import { pngSize } from "./png-size.ts";
import { svgSize } from "./svg.ts";

/** The author's logo in the header. */
export interface LogoFile {
  /** Path below `content/`, with forward slashes. */
  readonly file: string;
  /** Site path, which contains the file's hash. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

type Place = Pick<AppearanceContext, "contentDir" | "file" | "lineOf">;

/** Resolves a file below `content/` that a setting names; an error if it's missing or of the wrong type. */
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
  const example = EXAMPLES[key[1] ?? ""] ?? "";
  if (isWebAddress(name))
    return problem(
      `\`${key.join(".")}\` should be a file in ${folder}/, but is an address`,
      `Save the file in ${folder}/ and write its name:\n${example}`,
    );
  if (!types.includes(type))
    return problem(
      `\`${key.join(".")}\` should be a file of the type ${types.join(", ")}`,
      `For example:\n${example}`,
    );
  if (relative.startsWith("..") || !existsSync(absolute) || !statSync(absolute).isFile()) {
    const meant = didYouMean(path.basename(relative), filesIn(path.dirname(absolute), types));
    const corrected = path.posix.join(path.posix.dirname(relative), meant ?? "");
    return problem(
      `There is no file ${folder}/${relative.replace(/^(\.\.\/)+/, "")}`,
      meant === null
        ? `\`${key.join(".")}\` names a file in ${folder}/. Put it there, or correct its name.`
        : `Did you mean ${corrected}?`,
    );
  }
  if (SIGNATURES[type]?.test(readFileSync(absolute).toString("latin1")) === false)
    return problem(
      `${folder}/${relative} can't be read as ${type.toUpperCase()}`,
      "Export it again in this format, or give it the ending of the format that it has.",
    );
  return { path: relative, issues: [] };
}

/** Examples for the settings of `look` that name files. */
const EXAMPLES: Readonly<Record<string, string>> = {
  logo: "logo: logo.svg",
  icon: "icon: icon.svg",
  css: "css: colors.css",
  font: "font: fonts/my-font.woff2",
};

/** Patterns that the content of each file type must match. */
const SIGNATURES: Readonly<Record<string, RegExp>> = {
  svg: /<svg\b[^>]*>/,
  png: /^\x89PNG/,
  jpg: /^\xff\xd8\xff/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF[^]{4}WEBP/,
  woff2: /^wOF2/,
  ttf: /^(?:\0\x01\0\0|true)/,
  otf: /^(?:OTTO|\0\x01\0\0)/,
};

function filesIn(folder: string, types: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => types.includes(path.extname(name).slice(1).toLowerCase()));
}

/** Size of the largest icon in pixels. */
const ICON_SIDE = 512;

/** Resolves the picture that icons are generated from. */
export function iconFile(
  name: string,
  key: readonly string[],
  place: Place,
): { readonly path: string | null; readonly issues: readonly AuthorIssue[] } {
  const found = ownFile(name, key, ["svg", "png", "jpg", "jpeg", "webp"], place);
  if (found.path?.toLowerCase().endsWith(".png") !== true) return found;
  const size = pngSize(readFileSync(path.join(place.contentDir, found.path)));
  if (size === null || Math.max(size.width, size.height) >= ICON_SIDE) return found;
  return {
    path: null,
    issues: [
      {
        message: `${path.basename(found.path)} is too small for an icon: ${size.width} by ${size.height} pixels`,
        file: place.file,
        line: place.lineOf(key),
        hint: `Home screens show icons of ${ICON_SIDE} pixels. Use a larger PNG, or an SVG.`,
      },
    ],
  };
}

/** Resolves a logo and reads its size, to avoid layout shifts. */
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
