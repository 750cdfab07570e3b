/**
 * Ids of feeds and entries. A feed reader shows an entry as new when its id changes, so an id depends on nothing that an
 * author may edit: title, text, slug or domain.
 */
import { hash } from "node:crypto";

/** Backfence's own name space for name-based UUIDs (RFC 9562, section 5.5). Changing it renames every entry. */
const NAMESPACE = Buffer.from("2268d954a1a84189acaf6964615e91bb", "hex");

/** An absolute IRI that an older platform gave to a post: `tag:blogger.com,1999:blog-1.post-2`, `https://…/?p=12`. */
const GIVEN_IRI = /^(?:tag:|urn:|https?:\/\/)[^\s\p{C}<>"{}|\\^`]+$/iu;

/**
 * The id of a post's entry: `urn:uuid:` and a UUID made from the post's id. A post that was brought over with an id
 * which is an IRI keeps it letter for letter, so that subscribers of the old feed don't see it again.
 * @param blogId tells this blog from others; empty when the author has chosen none.
 */
export function entryId(blogId: string, postId: string): string {
  return GIVEN_IRI.test(postId) ? postId : nameBased(blogId, "post", postId);
}

/** The id of a logical feed, shared by its newest document and its archives: `scope` is `/`, `/tags/listening/` … */
export function feedId(blogId: string, scope: string): string {
  return nameBased(blogId, "feed", scope);
}

/** The id of a response's entry: a second notification about the same response updates the same entry. */
export function responseId(blogId: string, postId: string, protocol: string, wmId: string | number): string {
  return nameBased(blogId, "response", postId, protocol, String(wmId));
}

/** UUID version 5 as a URN. The parts are joined by a character that none of them has. */
function nameBased(...parts: readonly string[]): string {
  const hex = hash("sha1", Buffer.concat([NAMESPACE, Buffer.from(parts.join("\u0000"))]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const groups = [
    ...[hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`],
    ...[variant + hex.slice(17, 20), hex.slice(20, 32)],
  ];
  return `urn:uuid:${groups.join("-")}`;
}
