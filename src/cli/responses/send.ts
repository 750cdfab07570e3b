/** `npx backfence responses send`: notifies the pages that posts link to. */
import path from "node:path";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import type { PlannedSend, SendPlan } from "../../lib/protocols/plan-sends.ts";
import { planSends } from "../../lib/protocols/plan-sends.ts";
import type { SendReport } from "../../lib/protocols/run-sends.ts";
import { runSends } from "../../lib/protocols/run-sends.ts";
import { rowAssumed } from "../../lib/protocols/send-outcome.ts";
import type { Ledger } from "../../lib/protocols/sent-ledger.ts";
import { ledgerSchema, setRow, serializeLedger, toLedger } from "../../lib/protocols/sent-ledger.ts";
import { sentSite } from "../../lib/protocols/sent-sources.ts";
import { loadBlog } from "../../lib/content/load-blog.ts";
import { writeFileAtomic } from "../../lib/responses/store.ts";
import type { Command, CommandContext } from "./command.ts";
import { allowsLoopback, UsageError } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { exitCodes } from "./exit-codes.ts";
import { readJsonFile } from "./json-file.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions, wholeNumber } from "./options.ts";
import { planAsJson, planAsText, reportsAsJson, reportsAsText } from "./send-output.ts";
import { endProgress, showProgress } from "./table.ts";
import { printableCommand } from "./printable.ts";

/** A first run with more notifications is refused: it would notify every link of an archive at once. */
const FIRST_RUN_LIMIT = 100;

const help = `Usage: backfence responses send [options]

Run it after a deployment. It compares the posts with content/sent.json, waits until the live pages show the new
version, and notifies the linked pages of new links, changed posts, removed links and deleted posts. Commit
content/sent.json afterwards; it prevents sending anything twice.

Options:
  --limit N        send at most N notifications; the next run sends the rest
  --since DATE     leave out posts published before DATE (2026-01-31)
  --assume-sent    mark all new links as sent, without sending
  --all            at the first run, send even if there are more than ${FIRST_RUN_LIMIT}
  --salmention     send again when the responses under a post have changed
  --wait SECONDS   how long to wait for the deployment (300)
${commonHelp}
Exit codes: 0 done · 2 wrong usage, or a first run with too many links · 3 an error in content/ · 4 some failed and
are tried again · 5 the live page doesn't show the new version yet
`;

const options = {
  ...commonOptions,
  limit: { type: "string" },
  since: { type: "string" },
  wait: { type: "string" },
  "assume-sent": { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  salmention: { type: "boolean", default: false },
} as const;

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, options);
  const limit = wholeNumber("limit", values.limit, Number.MAX_SAFE_INTEGER, 1);
  const waitMs = wholeNumber("wait", values.wait, 300) * 1000;
  const since = dateOption(values.since);
  const folders = commandFolders(values, context);
  const allowLoopback = allowsLoopback(context.env);
  const { blog } = await loadBlog({ ...folders, mode: "build", now: context.now() });
  const file = path.join(folders.contentDir, "sent.json");
  const stored = readJsonFile(file, ledgerSchema, folders.root);
  const ledger: Ledger = stored === null ? new Map() : toLedger(stored);
  const site = sentSite(blog, allowLoopback);
  const plan = planSends(site, ledger, { now: context.now(), isSalmention: values.salmention, since });
  const save = () => writeFileAtomic(file, serializeLedger(ledger));

  if (values["dry-run"]) {
    context.out(values.json ? planAsJson(plan) : planAsText(plan));
    return exitCodes.ok;
  }
  if (values["assume-sent"]) return assumeSent(plan, ledger, save, context);
  if (stored === null && !values.all && values.limit === undefined) refuseFlood(plan);
  for (const { path: post, target } of plan.forget) setRow(ledger, post, target, null);
  if (plan.forget.length > 0) save();

  const sends = plan.sends.slice(0, limit);
  const reports: SendReport[] = [];
  await runSends(sends, {
    client: createGuardedClient({ siteUrl: blog.settings.url, allowLoopback }),
    blogName: site.blogName,
    now: () => context.now(),
    sleep: (ms) => context.sleep(ms),
    waitMs,
    pollMs: Math.min(5000, Math.max(waitMs, 1)),
    onWait: (posts, reason) => showProgress(context, `Waiting for the deployment of ${posts} (${reason})`),
    onReport: (report, row) => {
      reports.push(report);
      if (row !== undefined) setRow(ledger, report.send.path, report.send.target, row);
      if (row !== undefined) save();
      showProgress(context, `${reports.length}/${sends.length} ${report.send.target}: ${report.outcome}`);
    },
  });
  endProgress(context);
  const left = plan.sends.length - sends.length;
  context.out(values.json ? reportsAsJson(reports, plan, left) : reportsAsText(reports, plan, left));
  return exitCodeOf(reports);
}

function dateOption(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`--since needs a date such as 2026-01-31, not "${text}"`);
  return date;
}

function refuseFlood({ sends }: SendPlan): void {
  if (sends.length <= FIRST_RUN_LIMIT) return;
  throw new UsageError(`This is the first run, and ${sends.length} links would be notified at once.
Notifying the links of old posts is rarely wanted. Choose one:
  --assume-sent      count the links that are there today as sent
  --since DATE       send those of posts since then
  --limit N          send some now
  --all              send all of them`);
}

function assumeSent(plan: SendPlan, ledger: Ledger, save: () => void, context: CommandContext): ExitCode {
  const isNew = ({ row }: PlannedSend) => row === null;
  const assumed = plan.sends.filter(isNew);
  for (const send of assumed) setRow(ledger, send.path, send.target, rowAssumed(send, context.now()));
  save();
  context.err(`Marked ${assumed.length} links as sent.\n`);
  return exitCodes.ok;
}

function exitCodeOf(reports: readonly SendReport[]): ExitCode {
  if (reports.some(({ outcome }) => outcome === "failed" || outcome === "not-linked"))
    return exitCodes.partial;
  return reports.some(({ outcome }) => outcome === "not-live") ? exitCodes.notLive : exitCodes.ok;
}

export const command: Command = printableCommand({ help, run });
