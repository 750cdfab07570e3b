import * as z from "zod";
import { webAddress } from "./strings.ts";

/** Delivery of posts: feeds, quick exit, remote pictures, offline reading, social images, compression. */
export const deliveryFields = {
  hub: webAddress()
    .nullable()
    .default(null)
    .meta({
      description: "WebSub hub that is notified of new posts and announced in feeds.",
      examples: ["https://hub.example/"],
    }),
  feedItems: z
    .int()
    .min(1)
    .max(500)
    .default(50)
    .meta({
      description: "Number of posts in a feed; older posts are in linked archives.",
      examples: [50],
    }),
  quickExit: webAddress()
    .default("https://www.wikipedia.org/")
    .meta({
      description: "Target of “leave this page quickly” on sensitive posts.",
      examples: ["https://www.wikipedia.org/"],
    }),
  remoteImages: z
    .enum(["error", "allow"])
    .default("error")
    .meta({
      description:
        "What to do with pictures from other servers. `error` reports each; `allow` leaves them there, and readers' browsers load them from that server.",
      examples: ["allow"],
    }),
  offline: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether visited pages can be read offline (with a service worker). With `false`, none is installed, and browsers remove an earlier one on the next visit.",
      examples: [false],
    }),
  socialPictures: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether a social image is generated for each post; networks show it when a link is shared.",
      examples: [true],
    }),
  precompress: z
    .boolean()
    .default(false)
    .meta({
      description:
        "Whether compressed copies (brotli, gzip, zstd) are written beside each text file, for servers that can send them. Hosts set up with `backfence host` that can use them get them without this setting.",
      examples: [true],
    }),
};
