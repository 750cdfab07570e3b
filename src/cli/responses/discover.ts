/** `npx backfence responses discover URL`: shows how `send` would notify the page. */
import { discoverEndpoint } from "../../lib/protocols/discover.ts";
import type { Discovery, DiscoveryHow } from "../../lib/protocols/discover.ts";
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { loadSettings } from "../../lib/site/load-settings.ts";
import type { Command, CommandContext } from "./command.ts";
import { allowsLoopback, UsageError } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";
import { exitCodes } from "./exit-codes.ts";
import { exitCodeOfFetchError } from "./fetch-exit-code.ts";
import { printableCommand, printableLine } from "./printable.ts";
import { commandFolders, commonHelp, commonOptions, parseOptions } from "./options.ts";

const help = `Usage: backfence responses discover [options] URL

Shows how a page can be notified of a link: the protocol (webmention, else pingback, else trackback), the
endpoint, and how it was found. Nothing is sent.

Options:
${commonHelp}
Exit codes: 0 found · 2 not an allowed address · 6 the page accepts no notifications · 10 unreachable · 12 too slow
`;

const howTexts: Readonly<Record<DiscoveryHow, string>> = {
  "link-header": "in the HTTP header Link",
  "link-element": "in a <link> of the page",
  "a-element": "in an <a> of the page",
  "x-pingback-header": "in the HTTP header X-Pingback",
  "pingback-link": 'in a <link rel="pingback"> of the page',
  "trackback-rdf": "in an RDF block of the page",
};

async function run(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, commonOptions, true);
  const [url] = positionals;
  if (url === undefined || positionals.length > 1) throw new UsageError("discover needs one address");
  const settings = loadSettings(commandFolders(values, context));
  const client = createGuardedClient({ siteUrl: settings.url, allowLoopback: allowsLoopback(context.env) });
  try {
    const discovery = await discoverEndpoint(url, client);
    context.out(values.json ? asJson(url, discovery) : asText(url, discovery));
    return discovery.found === null ? exitCodes.noEndpoint : exitCodes.ok;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const { code, message } = error;
    if (values.json) context.out(`${JSON.stringify({ url, error: { code, message } }, null, 2)}\n`);
    else context.err(`${printableLine(message)} (${code})\n`);
    return exitCodeOfFetchError(code);
  }
}

function asJson(url: string, { found, finalUrl, status }: Discovery): string {
  const { protocol = null, endpoint = null, how = null } = found ?? {};
  return `${JSON.stringify({ url, finalUrl, status, protocol, endpoint, how }, null, 2)}\n`;
}

function asText(url: string, { found, finalUrl, status }: Discovery): string {
  const page = finalUrl === url ? `${url} (HTTP ${status})` : `${url} → ${finalUrl} (HTTP ${status})`;
  if (found === null) return `${page}\noffers no way to be notified: no webmention, pingback or trackback.\n`;
  return `${page}\nprotocol  ${found.protocol}\nendpoint  ${found.endpoint}\nfound     ${howTexts[found.how]}\n`;
}

export const command: Command = printableCommand({ help, run });
