/** `npx backfence responses pull`: fetches responses from other services. */
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { lineFinder } from "../../lib/content/checks/file-lookups.ts";
import { loadBlog, type LoadOptions } from "../../lib/content/load-blog.ts";
import { syndicationNotes } from "../../lib/content/load-notes.ts";
import { pull, type PulledBlog, type PullReport } from "../../lib/responses/pull/pull.ts";
import type { FaultKind } from "../../lib/responses/pull/api-client.ts";
import type { PulledChange } from "../../lib/responses/pull/merge-posts.ts";
import { allowsLoopback, UsageError, type Command, type CommandContext } from "./command.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions } from "./options.ts";
import { printableCommand, printableLine } from "./printable.ts";
import { endProgress, showProgress, table } from "./table.ts";

const GITHUB_GRAPHQL = "https://api.github.com/graphql";

const help = `Usage: backfence responses pull [options]

Fetches webmentions and pingbacks from the API that site.yaml names (webmention.api), comments from GitHub Discussions
(giscus), and the threads under the copies of posts on Mastodon and Bluesky (syndication), sanitizes them, marks spam, and
writes them to content/responses/. It fetches what is new since the last time; deletions are applied each time, edits of
older webmentions once a week. Running it twice changes nothing, and if a service fails, stored responses are kept. Review
the changes, moderate, commit.

Options:
  --full           fetch everything, not only what is new
  --summary        print counts and notes on your own files, but no text written by others; for CI logs
${commonHelp}
Environment:
  WEBMENTION_TOKEN   API key of webmention.io (Settings there), for mentions of the whole domain
  GITHUB_TOKEN       token that can read the repository's discussions
  MASTODON_TOKENS    "social.example=token other.example=token", for servers that show nothing without one, for
                     quotes, and for threads of more than 60 replies; scope read:statuses, and read:search for
                     networks.search
  GITHUB_GRAPHQL_URL GitHub's GraphQL, if it isn't ${GITHUB_GRAPHQL}

Exit codes: 0 done · 2 wrong usage · 3 an error in content/ · 7 a setting or token is missing · 10 not reachable ·
11 error of the service (5xx) · 12 too slow · 13 an unusable answer · 14 an answer that is too large · 15 asked to
wait · 16 the token is refused
`;

const options = {
  ...commonOptions,
  full: { type: "boolean", default: false },
  summary: { type: "boolean", default: false },
} as const;

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, options);
  const folders = commandFolders(values, context);
  const now = context.now();
  const { env } = context;
  const mastodonTokens = tokensByHost(env["MASTODON_TOKENS"] ?? "");
  const { blog, notes } = await pulledBlog({ ...folders, now });
  const pulled = await pull({
    contentDir: folders.contentDir,
    blog,
    client: createGuardedClient({ siteUrl: blog.settings.url, allowLoopback: allowsLoopback(env) }),
    now,
    mentionsToken: env["WEBMENTION_TOKEN"] || null,
    githubToken: env["GITHUB_TOKEN"] || null,
    githubEndpoint: env["GITHUB_GRAPHQL_URL"] || GITHUB_GRAPHQL,
    mastodonTokens,
    cacheDir: folders.cacheDir,
    sleep: context.sleep,
    isFull: values.full,
    isDryRun: values["dry-run"],
    onProgress: (line) => {
      if (!values.summary) showProgress(context, line);
    },
  });
  endProgress(context);
  const report = { ...pulled, notes: [...notes, ...pulled.notes] };
  if (values.summary) {
    for (const { kind } of report.faults)
      context.err(`${faultTexts[kind]} Stored responses are unchanged.\n`);
    context.err(summaryNotes(notes, pulled.notes.length));
    context.out(`${summary(report, values["dry-run"])}\n`);
    return exitCodeOf(report);
  }
  for (const { message } of report.faults)
    context.err(`${printableLine(message)}. Stored responses are unchanged.\n`);
  context.out(values.json ? asJson(report) : asText(report, values["dry-run"]));
  return exitCodeOf(report);
}

/** Loads the blog and keeps only the fields that a pull needs, so that the rest, mainly responses, can be freed. */
async function pulledBlog(
  options: Omit<LoadOptions, "mode">,
): Promise<{ readonly blog: PulledBlog; readonly notes: readonly string[] }> {
  const { settings, posts, tombstones, authors } = (await loadBlog({ ...options, mode: "dev" })).blog;
  const blog = {
    settings,
    tombstones,
    authors: authors.map(({ accounts, links }) => ({ accounts, links })),
    posts: posts.map(({ slug, id, aliases, canonical, answering, syndication, path }) => ({
      ...{ slug, id, aliases, canonical, answering, syndication, path },
    })),
  };
  return { blog, notes: syndicationNotes(posts, lineFinder(options.root)) };
}

const TOKEN = /^(?:https?:\/\/)?([a-z\d-]+(?:\.[a-z\d-]+)+(?::\d+)?)\/?=(\S+)$/i;

/** Parses `social.example=abc`, separated by spaces or commas. @throws UsageError, without any token in its message. */
function tokensByHost(text: string): Map<string, string> {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  return new Map(
    entries.map((entry): [string, string] => {
      const [, host, token] = TOKEN.exec(entry) ?? [];
      if (host === undefined || token === undefined)
        throw new UsageError(
          'MASTODON_TOKENS must be a list such as "social.example=token other.example=token"',
        );
      return [host.toLowerCase(), token];
    }),
  );
}

function exitCodeOf({ faults: [fault] }: PullReport): ExitCode {
  return fault === undefined ? exitCodes.ok : exitCodes[fault.kind];
}

/** Fixed messages for CI logs, where runners interpret parts of lines as commands. */
const faultTexts: Readonly<Record<FaultKind, string>> = {
  unreachable: "A service could not be reached.",
  serverError: "A service answered with an error of its own (5xx).",
  timeout: "A service took too long.",
  badAnswer: "A service gave an answer that can't be used.",
  tooLarge: "A service gave an answer that is too large.",
  rateLimit: "A service asks to wait.",
  tokenRefused: "A service refuses the token.",
  notConfigured: "A setting or token is missing.",
};

function asText(report: PullReport, isDryRun: boolean): string {
  const { changes } = report;
  const rows = changes
    .slice(0, 40)
    .map((change) => [
      wordFor(change),
      change.slug,
      change.record["wm-property"],
      change.record.author.name || "–",
      change.record["wm-source"],
    ]);
  const left = changes.length > rows.length ? `… and ${changes.length - rows.length} more\n` : "";
  const notes = report.notes.map((note) => `${printableLine(note)}\n`).join("");
  return `${table(["", "post", "kind", "who", "from"], rows)}${left}${notes}${summary(report, isDryRun)}\n`;
}

/**
 * Prints notes on the author's own files in full, and only the number of notes that can quote text written by others.
 * @param notes notes on the author's files
 * @param others number of other notes
 */
function summaryNotes(notes: readonly string[], others: number): string {
  const own = notes.map((note) => `${printableLine(note)}\n`).join("");
  if (others === 0) return own;
  const count = others === 1 ? "1 note is" : `${others} notes are`;
  return `${own}${count} not shown here. To read them: npx backfence responses pull --full --dry-run\n`;
}

function wordFor({ what, record }: PulledChange): string {
  if (what !== "added") return what;
  return record.status === "approved" ? "new" : record.status === "spam" ? "new, spam" : "new, waits";
}

function summary({ changes, faults, fetched, missing, hasChanged }: PullReport, isDryRun: boolean): string {
  const count = (test: (change: PulledChange) => boolean) => changes.filter(test).length;
  const counts: readonly (readonly [number, string])[] = [
    [count(({ what }) => what === "added"), "new"],
    [count(({ what, record }) => what === "added" && record.status === "pending"), "of them waiting"],
    [count(({ what, record }) => what === "added" && record.status === "spam"), "of them spam"],
    [count(({ what }) => what === "updated"), "changed"],
    [count(({ what }) => what === "deleted" || what === "removed"), "taken back"],
    [fetched, "pictures and contexts stored"],
    [missing, "pictures and contexts not to be had"],
  ];
  const said = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  if (said.length > 0) return `${said.join(", ")}.${isDryRun ? " Nothing was written." : ""}`;
  if (faults.length > 0) return "Nothing was changed.";
  return hasChanged ? "Nothing new; noted how far it went." : "Nothing new.";
}

function asJson(report: PullReport): string {
  const { changes, faults, notes, fetched, missing, hasChanged } = report;
  const result = {
    changes: changes.map(({ what, slug, record }) => ({
      what,
      post: slug,
      id: record["wm-id"],
      kind: record["wm-property"],
      status: record.status,
      name: record.author.name,
      source: record["wm-source"],
      suspicion: record.suspicion,
    })),
    faults: faults.map(({ kind, message }) => ({ kind, message })),
    notes,
    fetched,
    missing,
    hasChanged,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

export const command: Command = printableCommand({ help, run });
