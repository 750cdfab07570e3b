/** `backfence embed`: saves the data of linked videos and posts, so builds need no network. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { readEmbeds, storeEmbed } from "../lib/embeds/embeds-file.ts";
import { storePicture } from "../lib/embeds/embed-picture.ts";
import { fetchEmbed, NoEmbedError } from "../lib/embeds/fetch-embed.ts";
import { networkOf } from "../lib/markdown/embed.ts";
import { FetchError } from "../lib/protocols/fetch-error.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { allowsLoopback, UsageError } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "embed [address …]",
    description:
      "Saves the title, author, text and picture of a page with a video or a post. A line that contains only its address then becomes a video or a quotation. Without addresses, the command does this for all such lines that aren't saved yet.",
    positionals: { min: 0, max: Infinity },
    options: { ...FOLDER_OPTIONS },
    examples: [["embed https://www.youtube.com/watch?v=dQw4w9WgXcQ", "save the video's title and poster"]],
    exitCodes: { 4: "an address could not be saved" },
  },
  async ({ values, positionals }, context) => {
    const { root, contentDir } = foldersOf(values, context, "embed");
    const addresses = positionals.length > 0 ? positionals.map(webAddress) : unstored(contentDir, root);
    if (addresses.length === 0) context.out("Something is stored of every address.\n");
    const { url: siteUrl, networks } = findSettings({ contentDir, root }).settings;
    const client = createGuardedClient({ siteUrl, allowLoopback: allowsLoopback(context.env) });
    let failed = 0;
    for (const address of addresses) {
      try {
        const { picture, ...embed } = await fetchEmbed(address, { client, appView: networks.appView });
        const poster = picture === null ? null : await storePicture(picture, contentDir, client);
        storeEmbed(contentDir, { ...embed, poster });
        context.out(
          `Stored ${embed.network ?? address}: ${embed.title.split("\n", 1).join("").slice(0, 80)}\n`,
        );
      } catch (error) {
        if (!(error instanceof NoEmbedError) && !(error instanceof FetchError)) throw error;
        failed += 1;
        context.err(`Nothing is stored of ${address}: ${error.message}\n`);
      }
    }
    return failed === 0 ? exitCodes.ok : exitCodes.partial;
  },
);

function webAddress(typed: string): string {
  if (/^https?:\/\/[^\s/]+/.test(typed) && URL.canParse(typed)) return typed;
  throw new UsageError(`"${typed}" isn't the address of a page. For example: https://vimeo.com/148751763`);
}

/** Addresses on a line of their own in posts, notes and pages, without a stored embed. */
function unstored(contentDir: string, root: string): readonly string[] {
  const stored = readEmbeds(contentDir, root);
  const files = globSync("{posts,notes,pages}/**/*.{md,mdx}", { cwd: contentDir }).sort();
  const lines = files.flatMap((file) => readFileSync(path.join(contentDir, file), "utf8").split(/\r?\n/));
  const addresses = lines.map((line) => line.trim().replace(/^<(.*)>$/, "$1"));
  return [...new Set(addresses)].filter((line) => networkOf(line) !== null && !stored.has(line));
}
