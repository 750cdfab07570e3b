/** `backfence import`: imports a whole blog from another platform into `content/`. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import * as z from "zod";
import { AuthorError } from "../lib/author-error.ts";
import { restoreBlog } from "../lib/export/restore-blog.ts";
import { importBlog } from "../lib/import/import-blog.ts";
import type { ImportProgress } from "../lib/import/import-options.ts";
import { reportHtml } from "../lib/import/report/report-html.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { reportText } from "../lib/import/report/report-text.ts";
import { writeFileAtomic } from "../lib/responses/store.ts";
import { defineCommand } from "./args/define-command.ts";
import type { CommandContext } from "./responses/command.ts";
import { allowsLoopback, UsageError } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "import <file, folder or zip> [options]",
    description:
      "Imports posts, pages, drafts, comments, trackbacks, authors, tags, pictures and old addresses from another platform, and reports what happened to every record. Files that you have edited since are kept. Email and IP addresses are never written.",
    positionals: { min: 1, max: 1 },
    options: {
      out: { type: "string", value: "DIR", default: "content", description: "content folder" },
      "dry-run": { type: "boolean", default: false, description: "print the summary; write nothing" },
      images: {
        type: "string",
        value: "DIR",
        description: 'folder with the pictures of the old blog; "fetch" downloads them from it',
      },
      "author-map": {
        type: "string",
        value: "FILE",
        description: "YAML that maps names on the old platform to author ids, such as Ann Example: ann",
      },
      "base-url": { type: "string", value: "URL", description: "address of the new blog" },
      report: { type: "string", value: "FILE", description: "write the full report: .html or .json" },
      restore: {
        type: "boolean",
        default: false,
        description: "restore an export made by Backfence; only for your own exports",
      },
      json: { type: "boolean", default: false, description: "the report as JSON" },
    },
    examples: [
      ["import typepad.txt --dry-run", "show what would happen to every record"],
      ["import typepad.txt --images fetch", "download the pictures while the old blog is still online"],
      ["import takeout.zip --report report.html", "import a blog with its pictures, and write a report"],
    ],
    exitCodes: { 3: "the export can't be read" },
  },
  async ({ values, positionals }, context) => {
    const [source = ""] = positionals;
    const baseUrl = values["base-url"] ?? null;
    if (baseUrl !== null && !/^https?:\/\/[^/]/.test(baseUrl))
      throw new UsageError(`--base-url is an address that begins with https://, not "${baseUrl}"`);
    if (values.restore) {
      const { written, unchanged, kept } = restoreBlog(
        path.resolve(context.root, source),
        path.resolve(context.root, values.out),
      );
      const list = kept.map((name) => `  ${name}\n`).join("");
      context.out(
        `Files written ${written}, unchanged ${unchanged}, kept as they are ${kept.length}.\n${list}`,
      );
      return exitCodes.ok;
    }
    if (values.images !== undefined && values.images !== FETCH)
      refuseMissing(path.resolve(context.root, values.images), values.images);
    const authorMap = values["author-map"];
    const result = await importBlog({
      source: path.resolve(context.root, source),
      contentDir: path.resolve(context.root, values.out),
      isDryRun: values["dry-run"],
      images:
        values.images === undefined || values.images === FETCH
          ? null
          : path.resolve(context.root, values.images),
      fetch: values.images === FETCH ? { client: clientFor(baseUrl, context) } : undefined,
      authorMap:
        authorMap === undefined ? undefined : readAuthorMap(path.resolve(context.root, authorMap), authorMap),
      baseUrl,
      onProgress: progressFor(context),
    });
    if (context.isInteractive) context.err("\r\u001B[K");
    const json = `${JSON.stringify(result, null, 2)}\n`;
    if (values.report !== undefined) {
      const file = path.resolve(context.root, values.report);
      writeFileAtomic(file, file.endsWith(".json") ? json : reportHtml(result));
    }
    context.out(values.json ? json : reportText(result, values["dry-run"]));
    return exitCodes.ok;
  },
);

const FETCH = "fetch";

/** @param baseUrl the blog's address, sent to the requested servers in the User-Agent header. */
function clientFor(baseUrl: string | null, { env }: CommandContext): GuardedClient {
  return createGuardedClient({
    siteUrl: baseUrl ?? "https://localhost/",
    allowLoopback: allowsLoopback(env),
  });
}

function progressFor({
  isInteractive,
  err,
}: CommandContext): ((progress: ImportProgress) => void) | undefined {
  if (!isInteractive) return undefined;
  return ({ step, done, of }) => {
    err(`\r\u001B[K${step} ${done}/${of}`);
  };
}

const mapSchema = z.record(z.string(), z.string().regex(/^[\p{L}\p{N}._-]+$/u));

/** Without this check, a mistyped folder would leave every picture missing. */
function refuseMissing(folder: string, name: string): void {
  if (existsSync(folder)) return;
  const hint = "--images needs the path of a folder with the pictures of the old blog, or the word fetch.";
  throw new AuthorError([{ file: name, message: "There is no such folder", hint }]);
}

function readAuthorMap(file: string, name: string): ReadonlyMap<string, string> {
  const document = parseDocument(readFileSync(file, "utf8"));
  const parsed = mapSchema.safeParse(document.errors.length > 0 ? null : document.toJS());
  if (parsed.success) return new Map(Object.entries(parsed.data));
  const hint = "Write one line for each author, the old name first:\nAnn Example: ann";
  throw new AuthorError([{ file: name, message: "It should map old names to author ids", hint }]);
}
