/** `backfence check --external`: requests the pages that posts link to, and suggests archived copies of dead ones. */
import type { Blog } from "../lib/content/model.ts";
import { archivedCopy, WAYBACK_API } from "../lib/external-links/archived-copy.ts";
import { checkLinks } from "../lib/external-links/check-links.ts";
import { deadLinks, linkReport } from "../lib/external-links/link-report.ts";
import { linkResultsFile, readLinkResults, writeLinkResults } from "../lib/external-links/link-results.ts";
import { outgoingLinks } from "../lib/external-links/outgoing-links.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { allowsLoopback, type CommandContext } from "./responses/command.ts";

/** Number of requested addresses between two writes of the results. */
const SAVED_EVERY = 10;

/** Checks the external links of a blog. @returns the number of dead links. */
export async function checkExternal(blog: Blog, cacheDir: string, context: CommandContext): Promise<number> {
  const file = linkResultsFile(cacheDir);
  const client = createGuardedClient({
    siteUrl: blog.settings.url,
    allowLoopback: allowsLoopback(context.env),
  });
  const links = outgoingLinks(blog);
  const known = readLinkResults(file);
  const results = await checkLinks(links, {
    ...{ client, known, now: context.now, sleep: context.sleep },
    onProgress: (done, total, soFar) => {
      // After Ctrl+C, the next run resumes from the saved results.
      if (done % SAVED_EVERY === 0) writeLinkResults(file, new Map([...known, ...soFar]));
      if (context.isInteractive) context.err(`\rAddresses asked: ${done} of ${total}`);
    },
  });
  if (context.isInteractive) context.err("\n");
  writeLinkResults(file, results);
  const archive = context.env["WAYBACK_API_URL"] || WAYBACK_API;
  const dead = await deadLinks(links, results, (url, date) => archivedCopy(url, date, client, archive));
  context.out(linkReport(dead, results));
  return dead.length;
}
