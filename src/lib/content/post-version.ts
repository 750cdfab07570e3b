import { hashOf } from "../cache/file-cache.ts";
import type { PostResponse } from "../responses/model.ts";
import type { Post } from "./model.ts";

/**
 * Name of the `<meta>` with the versions of a post and its responses on the post's page, so that `responses send` can
 * wait until they are deployed: `<meta name="backfence:version" content="<postVersion> <responsesVersion>">`.
 */
export const VERSION_META_NAME = "backfence:version";

/** Hex digits of a version: enough to tell versions of one post apart, and readable in a diff. */
const DIGITS = 12;

/**
 * Version of a post for the pages that it links to. Changes with the text, title, description and reply targets, but
 * not with the code, design, tags or pictures, since those aren't worth a notification.
 */
export function postVersion(post: Post): string {
  const answering = post.answering.map(({ kind, url, rsvp }) => `${kind} ${url} ${rsvp ?? ""}`).sort();
  const parts = [post.title, post.description, post.body.sourceHash, ...answering];
  return hashOf(...parts).slice(0, DIGITS);
}

/**
 * Version of the responses that readers see under a post; `-` if there are none.
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
