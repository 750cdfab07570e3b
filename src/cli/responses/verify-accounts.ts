/** `backfence responses verify-accounts`: looks up the ids of authors' accounts, and whether they link to the blog. */
import { loadBlog } from "../../lib/content/load-blog.ts";
import { noStore } from "../../lib/networks/http-store.ts";
import { networkSession } from "../../lib/networks/session.ts";
import { accountLines, verifyAccount, type AccountReport } from "../../lib/networks/verify-accounts.ts";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { PullFault } from "../../lib/responses/pull/api-client.ts";
import { siteUrls } from "../../lib/site/urls.ts";
import { allowsLoopback, type Command, type CommandContext } from "./command.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions } from "./options.ts";
import { printableCommand, printableLine } from "./printable.ts";
import { table } from "./table.ts";

const help = `Usage: backfence responses verify-accounts [options]

Looks up the accounts that content/authors/*.yaml list: prints the id to add to each, and reports whether the account
links back to the blog (a link with rel=me on Mastodon, a handle of the blog's own domain on Bluesky). Responses
are marked as the author's by that id.

Options:
${commonHelp}
Exit codes: 0 all found and right · 3 an error in content/ · 4 an account wasn't found, or has another id · 7 no author
lists an account · 10–16 as for pull
`;

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, commonOptions);
  const folders = commandFolders(values, context);
  const { blog } = await loadBlog({ ...folders, mode: "dev", now: context.now() });
  const { settings } = blog;
  const client = createGuardedClient({ siteUrl: settings.url, allowLoopback: allowsLoopback(context.env) });
  const session = networkSession({
    client,
    store: noStore,
    now: () => Date.now(),
    sleep: context.sleep,
    maxWaitMs: 60_000,
  });
  const urls = siteUrls(settings);
  const reports: AccountReport[] = [];
  const faults: PullFault[] = [];
  for (const { id, links, accounts } of blog.authors) {
    const page = urls.absolute(urls.authorPath(id));
    const ownAddresses = [settings.url, page, ...links.map(({ url }) => url)];
    const options = { session, client, appView: settings.networks.appView, ownAddresses };
    for (const account of accounts) {
      try {
        reports.push(await verifyAccount(account, options));
      } catch (error) {
        if (!(error instanceof PullFault)) throw error;
        context.err(`${printableLine(`${account.name}: ${error.message}`)}\n`);
        faults.push(error);
      }
    }
  }
  const [fault] = faults;
  if (reports.length === 0 && fault === undefined) {
    context.err("No author lists an account (accounts: in content/authors/*.yaml).\n");
    return exitCodes.notConfigured;
  }
  if (reports.length > 0)
    context.out(values.json ? `${JSON.stringify({ reports }, null, 2)}\n` : asText(reports));
  if (fault !== undefined) return exitCodes[fault.kind];
  return reports.every(({ isRight }) => isRight) ? exitCodes.ok : exitCodes.partial;
}

function asText(reports: readonly AccountReport[]): string {
  const rows = reports.map(({ account, id, isRight, proof }) => [
    id === null ? "not found" : isRight ? "right" : "other id",
    account.name,
    id === null
      ? "no such account; correct its name in content/authors/"
      : proof === "rel-me"
        ? "links back (rel=me)"
        : proof === "domain"
          ? "own domain"
          : "doesn't point back",
  ]);
  const missing = reports.flatMap(({ account, id }) =>
    id === null || account.id === id ? [] : [accountLines(account, id)],
  );
  const lines =
    missing.length === 0 ? "" : `\nPut the ids into the author's file:\naccounts:\n${missing.join("")}`;
  return `${table(["", "account", "proof"], rows)}${lines}`;
}

export const command: Command = printableCommand({ help, run });
