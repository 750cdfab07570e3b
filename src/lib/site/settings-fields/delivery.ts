import * as z from "zod";
import { webAddress } from "./strings.ts";

/** How posts reach readers: feeds, a way out of a page, reading without a connection, pictures for networks. */
export const deliveryFields = {
  hub: webAddress()
    .nullable()
    .default(null)
    .meta({
      description: "WebSub hub that is notified of new posts; feeds name it.",
      examples: ["https://hub.example/"],
    }),
  feedItems: z
    .int()
    .min(1)
    .max(500)
    .default(50)
    .meta({
      description: "Posts in the newest document of a feed; older ones follow in linked documents.",
      examples: [50],
    }),
  quickExit: webAddress()
    .default("https://www.wikipedia.org/")
    .meta({
      description: "Where “leave this page quickly” leads on posts that are marked as sensitive.",
      examples: ["https://www.wikipedia.org/"],
    }),
  remoteImages: z
    .enum(["error", "allow"])
    .default("error")
    .meta({
      description:
        "What happens with pictures that posts show from other sites. `error` names each, so that you can bring it home; `allow` leaves them where they are: readers' browsers then ask that site.",
      examples: ["allow"],
    }),
  offline: z
    .boolean()
    .default(true)
    .meta({
      description:
        "Whether visited pages can be read again without a connection (a service worker). Set to `false`, none is installed, and browsers remove an earlier one on their next visit.",
      examples: [false],
    }),
  socialPictures: z
    .boolean()
    .default(true)
    .meta({
      description: "Whether a picture is made for each post, which networks show when its link is shared.",
      examples: [true],
    }),
  precompress: z
    .boolean()
    .default(false)
    .meta({
      description:
        "Whether compressed copies (brotli, gzip, zstd) are written beside each text file, for a server that sends them as they are. Hosts chosen with `backfence host` that serve them get them without this setting.",
      examples: [true],
    }),
};
