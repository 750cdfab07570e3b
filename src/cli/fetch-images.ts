/** `backfence fetch-images`: pictures that posts show from other servers become files beside the posts. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { FetchError } from "../lib/protocols/fetch-error.ts";
import { createGuardedClient, type GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { findRemotePictures } from "../lib/remote-pictures/find-remote-pictures.ts";
import { withAddressReplaced } from "../lib/remote-pictures/replace-address.ts";
import { fetchPicture, NoPictureError, savePicture } from "../lib/remote-pictures/save-picture.ts";
import { writeWhole } from "../lib/responses/store.ts";
import { assertInside } from "../lib/site/assert-inside.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { allowsLoopback, UsageError, type CommandContext } from "./responses/command.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "fetch-images [file …]",
    description:
      "Downloads pictures that posts, notes and pages show from other servers, saves them beside the texts and updates their addresses. Captions and credits are kept. Pictures that can't be downloaded are listed and left unchanged; run the command again to retry.",
    positionals: { min: 0, max: Infinity },
    options: {
      "dry-run": {
        type: "boolean",
        default: false,
        description: "list the pictures; fetch and change nothing",
      },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["fetch-images --dry-run", "list what would be downloaded"],
      ["fetch-images content/posts/over-the-fence.md", "the pictures of one post"],
    ],
    exitCodes: { 4: "some pictures could not be downloaded" },
  },
  async ({ values, positionals }, context) => {
    const { root, contentDir } = foldersOf(values, context, "fetch-images");
    const files =
      positionals.length > 0 ? positionals.map((file) => textFile(file, context)) : textsIn(contentDir);
    const { url: siteUrl } = findSettings({ contentDir, root }).settings;
    const client = createGuardedClient({ siteUrl, allowLoopback: allowsLoopback(context.env) });
    const totals = { fetched: 0, failed: 0 };
    for (const file of files) {
      const text = readFileSync(assertInside(root, file), "utf8");
      const addresses = await findRemotePictures(text, file, root);
      const shown = path.relative(root, file).replaceAll("\\", "/");
      if (values["dry-run"])
        for (const address of addresses) context.out(`${shown}:${lineOf(text, address)} ${address}\n`);
      else await fetchFor(file, text, addresses, { shown, client, context, totals });
      if (values["dry-run"]) totals.fetched += addresses.length;
    }
    const { fetched, failed } = totals;
    const pictures = `${fetched} ${fetched === 1 ? "picture" : "pictures"}`;
    if (values["dry-run"]) context.out(`${pictures} on other servers. Nothing was changed (--dry-run).\n`);
    else context.out(`Fetched ${pictures}${failed === 0 ? "" : `, failed ${failed}`}.\n`);
    return failed === 0 ? exitCodes.ok : exitCodes.partial;
  },
);

interface Work {
  /** The file's name in messages. */
  readonly shown: string;
  readonly client: GuardedClient;
  readonly context: CommandContext;
  readonly totals: { fetched: number; failed: number };
}

/** Fetches the pictures of one file. The text is written after each one, so that a stopped run loses nothing. */
async function fetchFor(
  file: string,
  before: string,
  addresses: readonly string[],
  { shown, client, context, totals }: Work,
): Promise<void> {
  const { dir, name: stem } = path.parse(file);
  const below = stem === "index" ? "" : `${stem}/`;
  let text = before;
  for (const address of addresses) {
    const fail = (reason: string): void => {
      totals.failed += 1;
      context.err(`${shown}:${lineOf(text, address)} ${address}: ${reason}\n`);
    };
    try {
      const { bytes, name } = await fetchPicture(address, client);
      const saved = `./${below}${savePicture(path.join(dir, below), name, bytes)}`;
      const after = withAddressReplaced(text, address, saved);
      if (after === text) {
        fail(`saved as ${saved}; write that into the text yourself`);
        continue;
      }
      text = after;
      writeWhole(file, text);
      totals.fetched += 1;
      context.out(`${shown}: ${saved}\n`);
    } catch (error) {
      if (!(error instanceof NoPictureError) && !(error instanceof FetchError)) throw error;
      fail(error.message);
    }
  }
}

function textsIn(contentDir: string): readonly string[] {
  return globSync("{posts,notes,pages}/**/*.{md,mdx}", { cwd: contentDir })
    .sort()
    .map((file) => path.join(contentDir, file));
}

function textFile(typed: string, { root }: CommandContext): string {
  if (!/\.mdx?$/i.test(typed))
    throw new UsageError(`"${typed}" isn't a post: name a file that ends in .md or .mdx`);
  const file = path.resolve(root, typed);
  if (!existsSync(file)) throw new UsageError(`There is no file ${typed}`);
  return file;
}

/** 1-based. */
function lineOf(text: string, address: string): number {
  const at = Math.max(text.indexOf(address), text.indexOf(address.replaceAll("&", "&amp;")), 0);
  return text.slice(0, at).split("\n").length;
}
