import type { Command } from "./responses/command.ts";

export interface CommandEntry {
  /** One line for the overview, lower case, no full stop. */
  readonly summary: string;
  /** Loads the command's module on demand. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command of `backfence`. To add one, add a line here and a file that exports `command`. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: { summary: "create a new blog", load: () => import("./init/init.ts") },
  new: { summary: "create a post, note, page, author or series", load: () => import("./new/new.ts") },
  import: { summary: "import a blog from another platform", load: () => import("./import.ts") },
  export: { summary: "export the blog in a format that others read", load: () => import("./export.ts") },
  rename: {
    summary: "change the address of a post, with its responses and links",
    load: () => import("./rename/rename.ts"),
  },
  drafts: { summary: "list drafts and scheduled posts", load: () => import("./drafts.ts") },
  stats: { summary: "show the blog in figures", load: () => import("./stats.ts") },
  check: { summary: "report every error in content/, without a build", load: () => import("./check.ts") },
  embed: {
    summary: "save the data of linked videos and posts, for cards",
    load: () => import("./embed.ts"),
  },
  "fetch-images": {
    summary: "download pictures that posts show from other servers",
    load: () => import("./fetch-images.ts"),
  },
  host: {
    summary: "generate the files that a host needs: GitHub, Netlify, Caddy, nginx …",
    load: () => import("./host.ts"),
  },
  responses: {
    summary: "fetch, moderate, send and verify responses",
    load: () => import("./responses.ts"),
  },
  receive: {
    summary: "run the receiver of webmentions, trackbacks, pingbacks and comments; moderate responses",
    load: () => import("./receive.ts"),
  },
  ping: { summary: "notify the WebSub hub of changed feeds", load: () => import("./websub.ts") },
};
