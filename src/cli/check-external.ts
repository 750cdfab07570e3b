/** `backfence check --external`: asks the pages that posts link to, and proposes archived copies for dead ones. */
import type { Blog } from "../lib/content/model.ts";
import { archivedCopy } from "../lib/external-links/archived-copy.ts";
import { checkLinks } from "../lib/external-links/check-links.ts";
import { deadLinks, linkReport } from "../lib/external-links/link-report.ts";
import { linkResultsFile, readLinkResults, writeLinkResults } from "../lib/external-links/link-results.ts";
import { outgoingLinks } from "../lib/external-links/outgoing-links.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { allowsLoopback, type CommandContext } from "./responses/command.ts";

/** Checks the links of a blog. @returns how many are dead. */
export async function checkExternal(blog: Blog, cacheDir: string, context: CommandContext): Promise<number> {
  const file = linkResultsFile(cacheDir);
  const client = createGuardedClient({
    siteUrl: blog.settings.url,
    allowLoopback: allowsLoopback(context.env),
  });
  const links = outgoingLinks(blog);
  const results = await checkLinks(links, {
    ...{ client, known: readLinkResults(file), now: context.now, sleep: context.sleep },
    onProgress: (done, total) => {
      if (context.isInteractive) context.err(`\rAddresses asked: ${done} of ${total}`);
    },
  });
  if (context.isInteractive) context.err("\n");
  writeLinkResults(file, results);
  const dead = await deadLinks(links, results, (url, date) => archivedCopy(url, date, client));
  context.out(linkReport(dead, results));
  return dead.length;
}
