import { hashOf } from "../cache/file-cache.ts";
import type { PostResponse } from "../responses/model.ts";
import type { Post } from "./model.ts";

/**
 * Name of the `<meta>` by which a post's page says what it shows, so that `responses send` can wait until the
 * deployment has arrived: `<meta name="backfence:version" content="<postVersion> <responsesVersion>">`.
 */
export const VERSION_META_NAME = "backfence:version";

/** Enough to tell versions of one post apart, short enough to be read in a diff. */
const DIGITS = 12;

/**
 * Changes when what a linked page would want to know changes: the text, its title and description, and what it
 * answers. Changes of the code, design, tags or pictures don't count, since they aren't worth a notification.
 */
export function postVersion(post: Post): string {
  const answering = post.answering.map(({ kind, url, rsvp }) => `${kind} ${url} ${rsvp ?? ""}`).sort();
  const parts = [post.title, post.description, post.body.sourceHash, ...answering];
  return hashOf(...parts).slice(0, DIGITS);
}

/**
 * Changes when the responses that readers see under a post change; `-` when there are none.
 *
 * @param responses all stored records of the post.
 */
export function responsesVersion(responses: readonly PostResponse[]): string {
  const shown = responses
    .filter((response) => response.status === "approved" && response["wm-private"] !== true)
    .map((response) => [
      response["wm-source"],
      response["wm-property"],
      response.author.name,
      response.name ?? "",
      response.content?.text ?? response.summary ?? "",
    ])
    .map((fields) => hashOf(...fields))
    .sort();
  return shown.length === 0 ? "-" : hashOf(...shown).slice(0, DIGITS);
}

/** The content of the `<meta>`. */
export function versionMark(post: Post, responses: readonly PostResponse[]): string {
  return `${postVersion(post)} ${responsesVersion(responses)}`;
}
