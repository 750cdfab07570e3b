/** `backfence check`: reports every error in the author's folder without a build. Editors parse its output. */
import { AuthorError } from "../lib/author-error.ts";
import { fixContent } from "../lib/content/fix/fix-content.ts";
import { fixReport } from "../lib/content/fix/fix-report.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import type { Blog } from "../lib/content/model.ts";
import { watchFolders } from "../lib/watch-folders.ts";
import { defineCommand } from "./args/define-command.ts";
import { configIssues } from "./config-issues.ts";
import { painter } from "./paint.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { nowOf } from "./now.ts";
import { UsageError, type CommandContext } from "./responses/command.ts";
import type { CommandFolders } from "./responses/options.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "check [options]",
    description:
      "Reads content/ and astro.config.mjs and reports every error with its file, its line and the corrected text. It finds the same errors as a build.",
    positionals: { min: 0, max: 0 },
    options: {
      ...FOLDER_OPTIONS,
      fix: {
        type: "boolean",
        description: "first convert front matter of other generators to Backfence's keys",
      },
      external: {
        type: "boolean",
        description: "also check links to other sites; results are kept for 30 days",
      },
      watch: { type: "boolean", description: "check again after every change" },
      "dry-run": {
        type: "boolean",
        description: "with --fix: show what would change; change nothing",
      },
      now: {
        type: "string",
        value: "DATE",
        description: "act as if it were this ISO date",
      },
    },
    examples: [
      ["check", "check the blog in this folder"],
      ["check --fix --dry-run", "show how front matter of other generators would be converted"],
    ],
    exitCodes: { 3: "errors in content/ or astro.config.mjs" },
  },
  async ({ values }, context) => {
    const folders = foldersOf(values, context, "check");
    const now = nowOf(values.now, context);
    const dryRun = values["dry-run"] ?? false;
    if (values.watch && values.external)
      throw new UsageError("--watch and --external exclude each other: links to other sites are asked once");
    if (values.fix || dryRun) {
      const fixed = fixContent({ contentDir: folders.contentDir, root: folders.root, dryRun });
      context.out(`${fixReport(fixed, dryRun)}\n`);
      if (dryRun) return exitCodes.ok;
    }
    if (!values.watch) {
      const blog = await check(folders, now, context);
      if (!values.external) return exitCodes.ok;
      const { checkExternal } = await import("./check-external.ts");
      return (await checkExternal(blog, folders.cacheDir, context)) === 0
        ? exitCodes.ok
        : exitCodes.contentMistake;
    }
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    const run = async (): Promise<void> => {
      try {
        await check(folders, context.now(), context);
      } catch (error) {
        if (!(error instanceof AuthorError)) throw error;
        context.err(`\n${error.message}\n`);
      }
    };
    await watchFolders({ folders: [folders.contentDir, folders.publicDir], run, signal: stop.signal });
    return exitCodes.ok;
  },
);

/** @throws AuthorError with every error in the author's folder and in the Astro configuration. */
async function check(folders: CommandFolders, now: Date, context: CommandContext): Promise<Blog> {
  const issues = await configIssues(context.root);
  const { blog, notes } = await loadBlog({ ...folders, mode: "build", now, env: process.env }).catch(
    (error: unknown) => {
      throw error instanceof AuthorError ? new AuthorError([...issues, ...error.issues]) : error;
    },
  );
  if (issues.length > 0) throw new AuthorError(issues);
  for (const note of notes) context.out(`${painter(context).bold("note")} ${note}\n`);
  context.out(`No errors in ${count(blog.posts.length, "post")} and ${count(blog.pages.length, "page")}.\n`);
  return blog;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
