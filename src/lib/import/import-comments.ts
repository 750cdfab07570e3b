/** Imports a comments-only export into an existing blog. */
import { existsSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../author-error.ts";
import { loadBlog } from "../content/load-blog.ts";
import type { Blog } from "../content/model.ts";
import type { ArchiveBuilder } from "./archive-builder.ts";
import type { ImportFormat } from "./detect.ts";
import { COMMENT_SYSTEM_NAMES } from "./detect-comments.ts";
import type { CommentSystem } from "./detect-comments.ts";
import type { ImportOptions, ImportResult } from "./import-options.ts";
import { planImport } from "./import-plan.ts";
import { resultOf } from "./import-result.ts";
import { joinConversations } from "./write/join-conversations.ts";
import { OutputFolder } from "./write/output-folder.ts";

/** @throws AuthorError if there is no blog or it has errors. */
export async function importComments(
  format: ImportFormat & CommentSystem,
  builder: ArchiveBuilder,
  options: ImportOptions,
): Promise<ImportResult> {
  const contentDir = path.resolve(options.contentDir);
  const root = path.dirname(contentDir);
  if (!existsSync(path.join(contentDir, "site.yaml"))) {
    const hint = "Import the blog first, or name its folder with --out.";
    const message = `${COMMENT_SYSTEM_NAMES[format]} contains only comments, and there are no posts for them`;
    throw new AuthorError([{ file: path.basename(contentDir), message, hint }]);
  }
  const { blog } = await loadBlog({
    root,
    contentDir,
    publicDir: path.join(root, "public"),
    cacheDir: path.join(root, ".cache", "import"),
    mode: "dev",
    now: new Date(),
  });
  const authorMap = addOwnAccounts(blog, options.authorMap ?? new Map<string, string>(), format, builder);
  builder.archive.site.title = blog.settings.title;
  const plan = planImport(builder.archive, {
    siteUrl: blog.settings.url,
    timeZone: blog.settings.timeZone ?? "UTC",
    authorMap,
    taken: [],
    permalinks: blog.settings.permalinks,
  });
  const output = new OutputFolder(contentDir, options.isDryRun, builder.secrets);
  const responseDates = joinConversations({ builder, plan, blog, output, onProgress: options.onProgress });
  for (const { record } of builder.archive.authors) builder.ledger.settle(record, "written");
  return resultOf(
    format,
    builder,
    plan,
    { entries: [], responseDates, earlierResponses: 0, brokenPictures: [] },
    output.closeAdditions(),
  );
}

/**
 * Adds the accounts of the blog's authors: by `--author-map`; on GitHub also by `accounts` in `content/authors/`.
 * @returns ids of authors by their accounts.
 */
function addOwnAccounts(
  { authors }: Blog,
  map: ReadonlyMap<string, string>,
  format: CommentSystem,
  { archive, ledger, secrets }: ArchiveBuilder,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { id, name, accounts } of authors) {
    const mapped = [...map].filter(([, author]) => author === id).map(([key]) => key);
    const linked = format !== "github" ? [] : accounts.filter(({ network }) => network === "github");
    for (const key of new Set([...mapped, ...linked.map((account) => account.name)])) {
      ids.set(key, id);
      const email = key.includes("@") ? key : null;
      secrets.addEmail(email);
      archive.authors.push({ record: ledger.read("author"), key, name, email, url: null, userId: key });
    }
  }
  return ids;
}
