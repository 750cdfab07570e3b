/** `backfence fetch-images`: downloads pictures that posts show from other servers, and saves them beside the posts. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { FetchError } from "../lib/protocols/fetch-error.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { findRemotePictures } from "../lib/remote-pictures/find-remote-pictures.ts";
import { askInTurn, type AskInTurn } from "../lib/remote-pictures/ask-in-turn.ts";
import { creditFor, withPictureMoved } from "../lib/remote-pictures/move-picture.ts";
import { fetchPicture, NoPictureError, savePicture } from "../lib/remote-pictures/save-picture.ts";
import { writeFileAtomic } from "../lib/responses/store.ts";
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
      "Downloads pictures that posts, notes and pages show from other servers, saves them beside the texts and updates their addresses. A picture without a credit gets the server's name as one, in its caption. Pictures that can't be downloaded or are damaged are listed and left unchanged; run the command again to retry. Requests to one server are half a second apart, and a server that is busy gets no more in this run.",
    positionals: { min: 0, max: Infinity },
    options: {
      "dry-run": {
        type: "boolean",
        default: false,
        description: "list the pictures; fetch and change nothing",
      },
      credit: {
        type: "boolean",
        default: true,
        description: "leave captions as they are: the pictures are your own, from an old server of yours",
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
    const ask = askInTurn((address) => fetchPicture(address, client), { sleep: context.sleep });
    const creditOf = (address: string): string | null => (values.credit ? creditFor(address, siteUrl) : null);
    const totals = { fetched: 0, failed: 0 };
    for (const file of files) {
      const text = readFileSync(assertInside(root, file), "utf8");
      const addresses = await findRemotePictures(text, file, root);
      const shown = path.relative(root, file).replaceAll("\\", "/");
      if (values["dry-run"]) {
        for (const [address, line] of addresses) context.out(`${shown}:${line} ${address}\n`);
        totals.fetched += addresses.size;
      } else await fetchFor(file, text, addresses.keys(), { root, shown, ask, creditOf, context, totals });
    }
    const { fetched, failed } = totals;
    const pictures = `${fetched} ${fetched === 1 ? "picture" : "pictures"}`;
    if (values["dry-run"]) context.out(`${pictures} on other servers. Nothing was changed (--dry-run).\n`);
    else context.out(`Fetched ${pictures}${failed === 0 ? "" : `, failed ${failed}`}.\n`);
    return failed === 0 ? exitCodes.ok : exitCodes.partial;
  },
);

interface Work {
  readonly root: string;
  /** The file's name in messages. */
  readonly shown: string;
  readonly ask: AskInTurn;
  /** The credit for a picture at an address; null for none. */
  readonly creditOf: (address: string) => string | null;
  readonly context: CommandContext;
  readonly totals: { fetched: number; failed: number };
}

/** Downloads the pictures of one file. Writes the text after each picture, so that a stopped run loses nothing. */
async function fetchFor(
  file: string,
  before: string,
  addresses: Iterable<string>,
  work: Work,
): Promise<void> {
  const { root, shown, ask, creditOf, context, totals } = work;
  const { dir, name: stem } = path.parse(file);
  const below = stem === "index" ? "" : `${stem}/`;
  let text = before;
  for (const address of addresses) {
    const fail = async (reason: string): Promise<void> => {
      totals.failed += 1;
      const line = (await findRemotePictures(text, file, root)).get(address);
      context.err(`${shown}${line === undefined ? "" : `:${line}`} ${address}: ${reason}\n`);
    };
    try {
      const { bytes, name } = await ask(address);
      const saved = `./${below}${savePicture(path.join(dir, below), name, bytes)}`;
      const after = withPictureMoved(text, address, { file: saved, credit: creditOf(address) });
      if (after === text) {
        await fail(`saved as ${saved}; write that into the text yourself`);
        continue;
      }
      text = after;
      writeFileAtomic(file, text);
      totals.fetched += 1;
      context.out(`${shown}: ${saved}\n`);
    } catch (error) {
      if (!(error instanceof NoPictureError) && !(error instanceof FetchError)) throw error;
      await fail(error.message);
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
