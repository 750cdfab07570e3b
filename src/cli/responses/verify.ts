/** `npx backfence responses verify`: checks whether the sources of stored responses still link to the posts. */
import { rmSync } from "node:fs";
import path from "node:path";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import type { StoredResponse, VerifyReport } from "../../lib/protocols/run-verify.ts";
import { verifyResponses } from "../../lib/protocols/run-verify.ts";
import type { SourceFailure } from "../../lib/protocols/verify-sources.ts";
import {
  failuresSchema,
  isVerifiable,
  serializeFailures,
  windowOfDay,
} from "../../lib/protocols/verify-sources.ts";
import { loadBlog } from "../../lib/content/load-blog.ts";
import type { Blog } from "../../lib/content/model.ts";
import { tombstoneOf } from "../../lib/responses/moderation.ts";
import { serializeResponses, writeFileAtomic } from "../../lib/responses/store.ts";
import { targetIndex } from "../../lib/responses/targets.ts";
import type { Command, CommandContext } from "./command.ts";
import { allowsLoopback } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { exitCodes } from "./exit-codes.ts";
import { readJsonFile } from "./json-file.ts";
import type { CommandFolders } from "./options.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions, wholeNumber } from "./options.ts";
import { endProgress, showProgress, table } from "./table.ts";
import { printableCommand } from "./printable.ts";

const help = `Usage: backfence responses verify [options]

Checks the pages that responses came from. If a page is gone (410) or no longer links to the post, its response becomes
"deleted" at once; after a 404, when three checks over a week have failed; after timeouts and server errors, when five
checks over a month have failed (content/unreachable.json counts them). Comments, discussions and imported responses
aren't checked.

Options:
  --limit N        check N pages per run; daily runs reach all of them
${commonHelp}
Exit codes: 0 done · 2 wrong usage · 3 an error in content/ · 4 some pages failed and are tried again
`;

const options = { ...commonOptions, limit: { type: "string" } } as const;

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, options);
  const limit = wholeNumber("limit", values.limit, Number.MAX_SAFE_INTEGER, 1);
  const folders = commandFolders(values, context);
  const { blog } = await loadBlog({ ...folders, mode: "build", now: context.now() });
  const file = path.join(folders.contentDir, "unreachable.json");
  const stored = readJsonFile(file, failuresSchema, folders.root);
  const all = verifiable(blog);
  const sources = new Set(all.map(({ record }) => record["wm-source"]));
  const chosen = new Set(windowOfDay([...sources], limit, context.now()));
  const failures = new Map(Object.entries(stored?.sources ?? {}).filter(([source]) => sources.has(source)));

  const reports: VerifyReport[] = [];
  const targets = targetIndex(blog);
  await verifyResponses(
    all.filter(({ record }) => chosen.has(record["wm-source"])),
    {
      client: createGuardedClient({
        siteUrl: blog.settings.url,
        allowLoopback: allowsLoopback(context.env),
      }),
      now: () => context.now(),
      failures,
      isPost: (address, slug) => targets.resolve(address) === slug,
      onReport: (report) => {
        reports.push(report);
        showProgress(context, `${reports.length} ${report.record["wm-source"]}: ${report.message}`);
      },
    },
  );
  endProgress(context);
  if (!values["dry-run"]) writeResults(reports, failures, blog, file, folders);
  context.out(values.json ? asJson(reports) : asText(reports, values["dry-run"]));
  const isFailing = reports.some(({ state }) => state === "missing" || state === "unreachable");
  return isFailing ? exitCodes.partial : exitCodes.ok;
}

function verifiable({ responses }: Blog): readonly StoredResponse[] {
  return Object.entries(responses).flatMap(([slug, records]) =>
    records.filter(isVerifiable).map((record) => ({ slug, record })),
  );
}

function writeResults(
  reports: readonly VerifyReport[],
  failures: ReadonlyMap<string, SourceFailure>,
  { responses }: Blog,
  failuresFile: string,
  { contentDir }: CommandFolders,
): void {
  const deleted = reports.filter(({ action }) => action === "delete");
  for (const [slug, gone] of Map.groupBy(deleted, (report) => report.slug)) {
    const records = new Set(gone.map(({ record }) => record));
    const kept = (responses[slug] ?? []).map((record) =>
      records.has(record) ? tombstoneOf(record, "source") : record,
    );
    writeFileAtomic(path.join(contentDir, "responses", `${slug}.json`), serializeResponses(kept));
  }
  const text = serializeFailures(failures);
  if (text === null) rmSync(failuresFile, { force: true });
  else writeFileAtomic(failuresFile, text);
}

function asText(reports: readonly VerifyReport[], isDryRun: boolean): string {
  const telling = reports.filter(({ state }) => state !== "linked");
  const rows = telling.map(({ slug, record, action, message }) => [
    slug,
    record["wm-source"],
    action === "delete" ? (isDryRun ? "would be deleted" : "deleted") : "kept",
    message,
  ]);
  const deleted = reports.filter(({ action }) => action === "delete").length;
  return `${table(["post", "source", "", ""], rows)}${reports.length} responses looked at, ${deleted} gone.\n`;
}

function asJson(reports: readonly VerifyReport[]): string {
  const results = reports.map(({ slug, record, state, action, message }) => ({
    post: slug,
    source: record["wm-source"],
    target: record["wm-target"],
    state,
    action,
    message,
  }));
  return `${JSON.stringify({ results }, null, 2)}\n`;
}

export const command: Command = printableCommand({ help, run });
