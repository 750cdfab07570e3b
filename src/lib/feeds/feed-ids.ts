/**
 * Ids of feeds and entries. A feed reader shows an entry as new when its id changes, so ids don't depend on anything
 * that an author may edit: title, text, slug or domain.
 */
import { hash } from "node:crypto";

/** Backfence's namespace for name-based UUIDs (RFC 9562, section 5.5). Changing it changes the id of every entry. */
const NAMESPACE = Buffer.from("2268d954a1a84189acaf6964615e91bb", "hex");

/**
 * An absolute IRI that a previous platform assigned to a post: `tag:blogger.com,1999:blog-1.post-2`, `https://…/?p=12`.
 */
const GIVEN_IRI = /^(?:tag:|urn:|https?:\/\/)[^\s\p{C}<>"{}|\\^`]+$/iu;

/**
 * Id of a post's entry: `urn:uuid:` and a UUID derived from the post's id. An imported post whose id is an IRI keeps it
 * unchanged, so that subscribers of the old feed don't see the post again.
 * @param blogId distinguishes this blog from others; empty when the `id` setting isn't set.
 */
export function entryId(blogId: string, postId: string): string {
  return GIVEN_IRI.test(postId) ? postId : nameBased(blogId, "post", postId);
}

/** Id of a logical feed, shared by its newest document and its archives. `scope` is `/`, `/tags/listening/` … */
export function feedId(blogId: string, scope: string): string {
  return nameBased(blogId, "feed", scope);
}

/** Id of a response's entry. A second notification about the same response updates the same entry. */
export function responseId(blogId: string, postId: string, protocol: string, wmId: string | number): string {
  return nameBased(blogId, "response", postId, protocol, String(wmId));
}

/** UUID version 5 as a URN. The parts are joined by NUL, which none of them contains. */
function nameBased(...parts: readonly string[]): string {
  const hex = hash("sha1", Buffer.concat([NAMESPACE, Buffer.from(parts.join("\u0000"))]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const groups = [
    ...[hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`],
    ...[variant + hex.slice(17, 20), hex.slice(20, 32)],
  ];
  return `urn:uuid:${groups.join("-")}`;
}
