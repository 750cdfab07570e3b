/** `backfence ping`: notifies the WebSub hub of changed feeds, after a deployment. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../lib/cache/file-cache.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { pingHub, type BuiltFeed } from "../lib/protocols/websub.ts";
import { writeFileAtomic } from "../lib/responses/store.ts";
import { loadSettings } from "../lib/site/load-settings.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { readJsonFile } from "./responses/json-file.ts";
import { allowsLoopback, type Command, type CommandContext } from "./responses/command.ts";
import { exitCodes, type ExitCode } from "./responses/exit-codes.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions } from "./responses/options.ts";
import { printableCommand, printableLine } from "./responses/printable.ts";
import { table } from "./responses/table.ts";

const help = `Usage: backfence ping [options]

Notifies the WebSub hub (hub in site.yaml) of feeds with new content, which subscribers then get at once. Run it after a
deployment: a feed is announced only if it has changed since the last ping and its address serves the built version. The
cache folder records what was announced; without it, every feed is announced once more, which does no harm.

Options:
  --out DIR        the built site (dist)
  --all            also the feeds of tags, authors and posts
${commonHelp}
Exit codes: 0 done · 2 wrong usage · 3 an error in content/ · 4 the hub refused or couldn't be reached · 5 not live yet,
run again later · 7 no hub is set, or nothing was built
`;

const options = {
  ...commonOptions,
  out: { type: "string" },
  all: { type: "boolean", default: false },
} as const;

const lastNotifiedSchema = z.record(z.string(), z.string());

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values } = parseOptions(args, options);
  const folders = commandFolders(values, context);
  const settings = loadSettings(folders);
  const outDir = path.resolve(context.root, values.out ?? "dist");
  const feeds = builtFeeds(outDir, settings, values.all);
  if (settings.hub === null || feeds.length === 0) {
    const what =
      settings.hub === null ? "site.yaml sets no hub" : `There is no feed in ${values.out ?? "dist"}`;
    context.err(`${what}: nothing was sent.\n`);
    return exitCodes.notConfigured;
  }
  const file = path.join(folders.cacheDir, "pinged.json");
  const lastNotified = new Map(Object.entries(readJsonFile(file, lastNotifiedSchema, context.root) ?? {}));
  const client = createGuardedClient({ siteUrl: settings.url, allowLoopback: allowsLoopback(context.env) });
  const isDryRun = values["dry-run"];
  const reports = await pingHub({ client, hub: settings.hub, feeds, lastNotified, hashOf, isDryRun });
  const sent = new Set(reports.filter(({ outcome }) => outcome === "sent").map(({ url }) => url));
  for (const { url, hash } of feeds) if (sent.has(url)) lastNotified.set(url, hash);
  if (!isDryRun && sent.size > 0)
    writeFileAtomic(file, `${JSON.stringify(Object.fromEntries(lastNotified), null, 2)}\n`);
  const rows = reports.map(({ url, outcome, message }) => [outcome, url, printableLine(message)]);
  context.out(values.json ? `${JSON.stringify({ reports }, null, 2)}\n` : table(["", "feed", ""], rows));
  if (reports.some(({ outcome }) => outcome === "failed")) return exitCodes.partial;
  return reports.some(({ outcome }) => outcome === "not-live") ? exitCodes.notLive : exitCodes.ok;
}

/** Built feeds that contain the hub's address, with their hashes. */
function builtFeeds(
  outDir: string,
  settings: { readonly url: string; readonly hub: string | null },
  all: boolean,
) {
  const { hub } = settings;
  if (!existsSync(outDir) || hub === null) return [];
  const urls = siteUrls(settings);
  const names = globSync(all ? "**/{rss.xml,atom.xml,feed.json}" : "{rss.xml,atom.xml,feed.json}", {
    cwd: outDir,
  });
  return names.sort().flatMap((name): BuiltFeed[] => {
    const bytes = readFileSync(path.join(outDir, name));
    const announces = bytes.includes(hub) || bytes.includes(hub.replaceAll("&", "&amp;"));
    const url = urls.absolute(`/${name.split(path.sep).join("/")}`);
    return announces ? [{ url, hash: hashOf(bytes) }] : [];
  });
}

export const command: Command = printableCommand({ help, run });
