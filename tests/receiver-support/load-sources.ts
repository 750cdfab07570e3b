/**
 * Sources of notifications under load: of ten, two are slow, two are dead, one is hostile; the others respond at once.
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

export type Kind = "linked" | "slow" | "dead" | "hostile";

export const KINDS: readonly Kind[] = [
  "linked",
  "slow",
  "linked",
  "dead",
  "linked",
  "hostile",
  "slow",
  "linked",
  "dead",
  "linked",
];

interface Linking {
  readonly target: string;
  readonly slowMs: number;
}

/** Returns the URL of a page on a port without a server. */
export function dead(host: string, index: number): string {
  return `http://${host}:9/dead/${index}`;
}

/** Responds like the kind of source in the path. */
export async function answerAs(
  url: string,
  { target, slowMs }: Linking,
  response: ServerResponse,
): Promise<void> {
  const [, kind = "", number = "0"] = url.split("/");
  response.setHeader("content-type", "text/html");
  if (kind === "hostile") return HOSTILE[Number(number) % HOSTILE.length]?.(response);
  if (kind === "slow") await sleep(slowMs);
  response.end(`<p class="h-entry"><a class="u-in-reply-to" href="${target}">x</a> ${url}</p>`);
}

const TREE = `${"<div>".repeat(20_000)}<a href="`;
const PACKED = gzipSync(Buffer.alloc(20_000_000, "<b>"));

const HOSTILE: readonly ((response: ServerResponse) => void | Promise<void>)[] = [
  (response) => void response.end(TREE),
  (response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(PACKED),
  (response) => void response.writeHead(302, { location: "/hostile/2" }).end(),
  (response) => void response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
  // Never ends; sends a byte every 250 ms.
  async (response) => {
    while (!response.destroyed) {
      response.write(" ");
      await sleep(250);
    }
  },
  // Never ends; sends as fast as the client reads.
  async (response) => {
    const chunk = "<p>".repeat(20_000);
    const closed = once(response, "close");
    while (!response.destroyed) {
      if (!response.write(chunk)) await Promise.race([once(response, "drain"), closed]);
    }
  },
  (response) => void response.destroy(),
];
