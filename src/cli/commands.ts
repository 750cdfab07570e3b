import type { Command } from "./responses/command.ts";

export interface CommandEntry {
  /** One line for the overview, lower case, no full stop. */
  readonly summary: string;
  /** Loads the command's module when it is called for. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command of `backfence`. A new one is a line here and a file that exports `command`. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  init: { summary: "make a new blog", load: () => import("./init/init.ts") },
  new: { summary: "begin a post, note, page, author or series", load: () => import("./new/new.ts") },
  import: { summary: "bring a blog home from another platform", load: () => import("./import.ts") },
  export: { summary: "write everything in a format that others read", load: () => import("./export.ts") },
  rename: {
    summary: "move a post to another address, with its responses and links",
    load: () => import("./rename/rename.ts"),
  },
  drafts: { summary: "list drafts and scheduled posts", load: () => import("./drafts.ts") },
  stats: { summary: "show the blog in figures", load: () => import("./stats.ts") },
  check: { summary: "report every error in content/, without a build", load: () => import("./check.ts") },
  embed: {
    summary: "store what films' and posts' pages elsewhere show, for cards in posts",
    load: () => import("./embed.ts"),
  },
  "fetch-images": {
    summary: "bring pictures home that posts show from other servers",
    load: () => import("./fetch-images.ts"),
  },
  host: {
    summary: "write what a place to publish needs: GitHub, Netlify, Caddy, nginx …",
    load: () => import("./host.ts"),
  },
  responses: {
    summary: "pull, moderate, send, verify, discover: the conversation under the posts",
    load: () => import("./responses.ts"),
  },
  receive: {
    summary: "run the receiver of webmentions, trackbacks, pingbacks and comments; moderate what came",
    load: () => import("./receive.ts"),
  },
  ping: { summary: "notify the WebSub hub of changed feeds", load: () => import("./websub.ts") },
};
