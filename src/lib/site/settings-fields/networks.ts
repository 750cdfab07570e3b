import * as z from "zod";
import { nonEmpty, webAddress } from "./strings.ts";

const SIGNALS = ["noindex", "indexable", "nobots", "loggedOut"] as const;

/** Networks whose threads are fetched, and the privacy of people there. */
export const networkFields = {
  networks: z
    .strictObject({
      mastodon: z
        .boolean()
        .default(true)
        .meta({
          description: "Whether threads on Mastodon and compatible servers are fetched.",
          examples: [false],
        }),
      bluesky: z
        .boolean()
        .default(true)
        .meta({ description: "Whether threads on Bluesky are fetched.", examples: [false] }),
      appView: webAddress()
        .default("https://public.api.bsky.app")
        .meta({
          description: "AppView used for Bluesky.",
          examples: ["https://public.api.bsky.app"],
        }),
      search: z
        .boolean()
        .default(false)
        .meta({
          description:
            "Whether networks are searched for other posts that link to an article, which become mentions: Mastodon servers with a token (scope `read:search`), and Bluesky where the AppView allows search without a login.",
          examples: [true],
        }),
    })
    .prefault({})
    .meta({
      description:
        "Networks that `npx backfence responses pull` reads for each address in a post's `syndication`.",
      examples: [{ mastodon: true, bluesky: true }],
    }),
  privacy: z
    .strictObject({
      optedOut: z
        .enum(["hide", "count", "show"])
        .default("hide")
        .meta({
          description:
            "People on Mastodon and Bluesky who ask not to be indexed or archived: left out (`hide`), counted without a name (`count`), or shown anyway.",
          examples: ["count"],
        }),
      signals: z
        .array(z.enum(SIGNALS))
        .default([...SIGNALS])
        .meta({
          description:
            "Signals that count as asking: `noindex`, `indexable` (the account hasn't opted in to search, which is Mastodon's default), `nobots` (#nobot, #nobridge, #noindex or #noarchive in the profile), `loggedOut` (Bluesky's setting against showing posts to people who aren't logged in).",
          examples: [["noindex", "nobots", "loggedOut"]],
        }),
      block: z
        .array(nonEmpty())
        .default([])
        .meta({
          description:
            "Accounts that are never shown, for example on request: `@ann@social.example`, a profile's address, or a DID.",
          examples: [["@ann@social.example"]],
        }),
    })
    .prefault({})
    .meta({
      description: "What is stored and shown about people on networks; see docs/privacy.md.",
      examples: [{ optedOut: "count" }],
    }),
};
