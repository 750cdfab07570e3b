/** Tells an author's mistakes from failures of ours among what a bundler throws. */
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";

export interface MistakePlaces {
  /** The engine's code, absolute: what is wrong in it is no mistake of the author's. */
  readonly engineSource: string;
  /** The folder that holds the author's, absolute; files are named from it. */
  readonly home: string;
}

/** All mistakes that the author can mend; null when there is anything else among them. */
export function mistakesIn(error: unknown, places: MistakePlaces): readonly AuthorIssue[] | null {
  const issues: AuthorIssue[] = [];
  for (const one of singleErrors(error)) {
    const found = issuesOf(one, places);
    if (found === null) return null;
    issues.push(...found);
  }
  return issues;
}

/** Rolldown throws one error that holds all others. */
function singleErrors(error: unknown): readonly unknown[] {
  const several: unknown = error instanceof Error ? Reflect.get(error, "errors") : null;
  return Array.isArray(several) && several.length > 0 ? several : [error];
}

function issuesOf(error: unknown, { engineSource, home }: MistakePlaces): readonly AuthorIssue[] | null {
  if (!(error instanceof Error)) return null;
  const own = [error, error.cause].find((one) => one instanceof AuthorError);
  if (own !== undefined) return own.issues;
  const place = placeOf(error);
  if (place === null || !existsSync(place.file)) return null;
  const real = realpathSync(place.file);
  if (real.startsWith(engineSource + path.sep)) return null;
  const nameOf = (own: string): string => path.relative(home, own).replaceAll("\\", "/");
  return [
    { ...said(error, nameOf), file: nameOf(real), ...(place.line === null ? {} : { line: place.line }) },
  ];
}

/** @param nameOf the author's name for a file. */
function said(error: Error, nameOf: (file: string) => string): Pick<AuthorIssue, "message" | "hint"> {
  const missing: unknown = Reflect.get(error, "exporter");
  if (Reflect.get(error, "code") === "UNRESOLVED_IMPORT" && typeof missing === "string")
    return {
      message: `This imports a file that isn't there: ${missing}`,
      hint: "Correct the path, which starts from the file that imports, or take the import out.",
    };
  const [first = ""] = stripVTControlCharacters(error.message).split("\n");
  const plain = first
    .replace(SPEAKER, "")
    .replaceAll(QUOTED_PATH, (all, file: string) =>
      existsSync(file) ? `"${nameOf(realpathSync(file))}"` : all,
    );
  return {
    message: `This can't be compiled: ${plain}`,
    hint: "Mend it, or take its import out of the post.",
  };
}

/** What the bundler puts before a message: its kind, or which part of it speaks. */
const SPEAKER = /^\[[\w:-]+\] */;

/** Paths start from where the bundler works. */
const QUOTED_PATH = /"([^"]*[\\/][^"]*)"/g;

/** The file of a mistake stands in `id` or `loc`, or else above the lines that the message shows of it. */
function placeOf(error: Error): { file: string; line: number | null } | null {
  const loc: unknown = Reflect.get(error, "loc");
  const shown = SHOWN_PLACE.exec(stripVTControlCharacters(error.message))?.[1];
  const file =
    fileIn(loc, "file") ?? fileIn(error, "id") ?? (shown === undefined ? null : path.resolve(shown));
  const line: unknown = typeof loc === "object" && loc !== null ? Reflect.get(loc, "line") : null;
  return file === null ? null : { file, line: typeof line === "number" ? line : null };
}

const SHOWN_PLACE = /╭─\[ (.+?):\d+:\d+ \]/;

function fileIn(holder: unknown, key: string): string | null {
  const value: unknown = typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : null;
  return typeof value === "string" && path.isAbsolute(value) ? (value.split("?")[0] ?? value) : null;
}
