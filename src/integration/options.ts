import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { stackPlaces } from "../lib/stack-places.ts";
import { expectation } from "../lib/yaml/check.ts";
import { headTagSchema } from "../lib/site/head-tag.ts";
import { COMPONENTS, isComponentName } from "./components.ts";

/** Names of the steps of a build. */
export type BuildStep = "content" | "bodies" | "pages listed" | "files" | "rendered" | "saved" | "published";

/** Options of `backfence()` in `astro.config.mjs`. */
export const optionsSchema = z.strictObject({
  /** Content folder, relative to the project's root. The default is `content`. */
  contentDir: z.string().default("content"),
  /**
   * Your own components in place of Backfence's: name → file, relative to the project's root.
   * @example { Footer: "./src/components/Footer.astro" }
   */
  components: z.record(z.string(), z.string()).default({}),
  /**
   * Style sheets that every page loads after Backfence's own; relative to the project's root, or from a package.
   * @example ["./src/styles/my.css"]
   */
  customCss: z.array(z.string()).default([]),
  /**
   * Elements added to the head of every page. The Content Security Policy allows exactly the origins they name.
   * @example [{ tag: "script", attrs: { src: "https://stats.example/count.js", defer: true } }]
   */
  head: z.array(headTagSchema).default([]),
  /** ISO 8601 date and time at which posts count as published or scheduled, instead of the current time. */
  now: z.iso.datetime({ offset: true, error: "a date and time in ISO 8601, with a zone" }).optional(),
  /** Called with the name of each step after it completes; for tests that stop a build there. */
  onStep: z.custom<(step: BuildStep) => void>((value) => typeof value === "function").default(() => () => {}),
});
export type BackfenceOptions = z.input<typeof optionsSchema>;
export type ResolvedOptions = z.output<typeof optionsSchema>;

const CONFIG_FILE = "astro.config.mjs";

/**
 * Checks the options.
 * @throws AuthorError with every unknown or wrong option.
 */
export function parseOptions(options: unknown): ResolvedOptions {
  const parsed = optionsSchema.safeParse(options, { error: expectation });
  if (!parsed.success) throw configError(parsed.error.issues.flatMap(issuesOf));
  const unknown = Object.keys(parsed.data.components).filter((name) => !isComponentName(name));
  if (unknown.length > 0) throw configError(unknown.map(unknownComponent));
  return parsed.data;
}

/**
 * Absolute path of a user's file that an option names.
 * @param root the project's root. @throws AuthorError if the file doesn't exist.
 */
export function existingFile(root: string, option: string, file: string): string {
  const absolute = path.resolve(root, file);
  if (existsSync(absolute)) return absolute;
  throw configError([
    {
      file: CONFIG_FILE,
      message: `backfence(): \`${option}\` names a file that isn't there: ${file}`,
      hint: hintForPath(absolute, file),
    },
  ]);
}

/** Suggests a file with a similar name in the same folder; otherwise explains where paths start. */
function hintForPath(absolute: string, written: string): string {
  const folder = path.dirname(absolute);
  const beside = existsSync(folder) ? readdirSync(folder) : [];
  const meant = didYouMean(path.basename(written), beside);
  return meant === null
    ? "Create the file, or correct the path, which starts at the project's root."
    : `Did you mean "${written.slice(0, -path.basename(written).length)}${meant}"?`;
}

function unknownComponent(name: string): AuthorIssue {
  const meant = didYouMean(name, Object.keys(COMPONENTS));
  const list = Object.keys(COMPONENTS).join(", ");
  return {
    file: CONFIG_FILE,
    message: `backfence(): there is no component \`${name}\` to replace`,
    hint: meant === null ? `Components: ${list}` : `Did you mean \`${meant}\`?`,
  };
}

function issuesOf(issue: z.core.$ZodIssue): AuthorIssue[] {
  const at = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const names = issue.path.length === 0 ? Object.keys(optionsSchema.shape) : [];
      const meant = didYouMean(key, names);
      return {
        file: CONFIG_FILE,
        message: `backfence(): unknown option \`${at === "" ? key : `${at}.${key}`}\``,
        hint: meant === null ? `Options: ${names.join(", ")}` : `Did you mean \`${meant}\`?`,
      };
    });
  return [
    {
      file: CONFIG_FILE,
      message: `backfence(): \`${at}\` should be ${issue.message}`,
      hint: "The options are in docs/customise.md.",
    },
  ];
}

/** An error whose issues have the file and line of the `backfence()` call, if the stack contains it. */
function configError(issues: readonly AuthorIssue[]): AuthorError {
  const call = stackPlaces(new Error("backfence()")).find(({ file }) =>
    /[\\/]astro\.config\.[cm]?[jt]s$/.test(file),
  );
  const place = call === undefined ? {} : { file: path.basename(call.file), line: call.line };
  const error = new AuthorError(issues.map((issue) => ({ ...issue, ...place })));
  // Astro prints the stack of every error that has one.
  error.stack = "";
  return error;
}
