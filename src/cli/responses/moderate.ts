/** `npx backfence responses moderate`: approves, deletes or blocks waiting responses, or marks them as spam. */
import { picturesOf, pruneAvatars } from "../../lib/responses/avatars.ts";
import { addBlocked, domainOf, removeBlocked } from "../../lib/responses/blocked.ts";
import type { PostResponse, ResponseStatus } from "../../lib/responses/model.ts";
import {
  withDomainBlocked,
  decided,
  entriesNamed,
  entryName,
  queueOf,
  type QueueEntry,
} from "../../lib/responses/queue.ts";
import { readAllResponses, writeAllResponses } from "../../lib/responses/response-files.ts";
import { UsageError, type Command, type CommandContext } from "./command.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { openKeys } from "./keys.ts";
import { queueAsJson, queueAsText } from "./moderate-output.ts";
import { moderateByKeys, type Desk } from "./moderate-keys.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions } from "./options.ts";
import { printableCommand } from "./printable.ts";

const help = `Usage: backfence responses moderate [options]

Shows the waiting responses one at a time, with their text and the reasons for suspecting spam. Press a key to decide:
  a  approve   show it
  s  spam      hide it; other responses with the same link become suspicious
  d  delete    delete its text; it never comes back
  b  block     block its domain: everything from there is spam
  n  next      decide later (space and arrows, too)
  p  previous
  u  undo      undo the last decision
  q  quit
Decisions are written to content/responses/ immediately. Commit them.

Options:
  --list             list the waiting responses instead
  --status STATUS    look at approved, spam or pending (the default) responses
  --approve ID       decide without asking; give an option several times for several responses.
  --spam ID          ID is the wm-id; if two posts have the same one, slug/ID
  --delete ID
  --block DOMAIN     block a domain and its subdomains
${commonHelp}
Exit codes: 0 done · 2 wrong usage, such as an ID that isn't there · 3 an error in content/
`;

const options = {
  ...commonOptions,
  list: { type: "boolean", default: false },
  status: { type: "string", default: "pending" },
  approve: { type: "string", multiple: true },
  spam: { type: "string", multiple: true },
  delete: { type: "string", multiple: true },
  block: { type: "string", multiple: true },
} as const;

const STATUSES: readonly ResponseStatus[] = ["pending", "spam", "approved"];

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, options);
  const { contentDir } = commandFolders(values, context);
  const status = STATUSES.find((known) => known === values.status);
  if (status === undefined)
    throw new UsageError(`--status is one of ${STATUSES.join(", ")}, not "${values.status}"`);
  const all = readAllResponses(contentDir);
  const { approve = [], spam = [], delete: forget = [], block = [] } = values;
  const decisions = [
    ...approve.map((id) => ({ id, status: "approved" as const })),
    ...spam.map((id) => ({ id, status: "spam" as const })),
    ...forget.map((id) => ({ id, status: "deleted" as const })),
  ];
  if (decisions.length > 0 || block.length > 0) {
    const domains = block.map(checkedDomain);
    const outcome = decideAll(all, decisions, domains);
    if (!values["dry-run"]) {
      for (const domain of domains) addBlocked(contentDir, domain);
      writeAllResponses(contentDir, outcome.records);
      forgetPictures(contentDir);
    }
    context.out(values.json ? queueAsJson(outcome.touched) : `${outcome.touched.length} decided.\n`);
    return exitCodes.ok;
  }
  const queue = queueOf(all, [status]);
  if (values.list || values.json || !context.isInteractive || queue.length === 0) {
    context.out(values.json ? queueAsJson(queue) : queueAsText(queue));
    return exitCodes.ok;
  }
  const keys = openKeys(process.stdin);
  try {
    await moderateByKeys(deskOf(contentDir, values["dry-run"]), status, keys, context.out);
  } finally {
    keys.close();
    if (!values["dry-run"]) forgetPictures(contentDir);
  }
  return exitCodes.ok;
}

/** Applies decisions made by key to the files in `content/responses/`; a dry run keeps them in memory. */
function deskOf(contentDir: string, isDryRun: boolean): Desk {
  let all = readAllResponses(contentDir);
  return {
    read: () => all,
    write: (records) => {
      all = records;
      if (!isDryRun) writeAllResponses(contentDir, records);
    },
    block: (domain) => isDryRun || addBlocked(contentDir, domain),
    unblock: (domain) => {
      if (!isDryRun) removeBlocked(contentDir, domain);
    },
  };
}

/** Deletes unused avatars. Runs last, because a decision can be undone until then. */
function forgetPictures(contentDir: string): void {
  pruneAvatars(contentDir, new Set([...readAllResponses(contentDir).values()].flat().flatMap(picturesOf)));
}

function decideAll(
  stored: Map<string, PostResponse[]>,
  decisions: readonly { readonly id: string; readonly status: ResponseStatus }[],
  domains: readonly string[],
): { readonly records: Map<string, PostResponse[]>; readonly touched: readonly QueueEntry[] } {
  // Look up all ids before deciding anything, so that a wrong id changes nothing.
  const chosen = decisions.map(({ id, status }) => ({ entry: theEntry(stored, id), status }));
  let records = stored;
  for (const domain of domains) records = withDomainBlocked(records, domain);
  for (const { entry, status } of chosen) {
    records = decided(records, entriesNamed(records, entryName(entry)), status);
  }
  const before = new Set([...stored.values()].flat());
  const touched = queueOf(records, [...STATUSES, "deleted"]).filter(({ record }) => !before.has(record));
  return { records, touched };
}

function theEntry(all: ReadonlyMap<string, readonly PostResponse[]>, id: string): QueueEntry {
  const found = entriesNamed(all, id);
  const [entry] = found;
  if (entry === undefined) throw new UsageError(`There is no response with the id ${id}`);
  if (entry.record.status === "deleted") {
    throw new UsageError(`${id} was deleted, and its text is gone. Remove its record to fetch it again`);
  }
  if (found.length > 1) {
    const names = found.map((each) => shortName(each, found)).join(", ");
    throw new UsageError(`Several responses have the id ${id}; name one of them: ${names}`);
  }
  return entry;
}

/** `hello/1901`; includes the protocol if the post has several responses with that id. */
function shortName(entry: QueueEntry, all: readonly QueueEntry[]): string {
  const isOnly = all.every((other) => other === entry || other.slug !== entry.slug);
  return isOnly ? `${entry.slug}/${entry.record["wm-id"]}` : entryName(entry);
}

function checkedDomain(text: string): string {
  const domain = domainOf(text);
  if (domain === null) throw new UsageError(`--block needs a domain such as pills.example, not "${text}"`);
  return domain;
}

export const command: Command = printableCommand({ help, run });
