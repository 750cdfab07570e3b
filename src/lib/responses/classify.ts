/**
 * Finds the kind of a response by post-type discovery (https://indieweb.org/post-type-discovery), with `bookmark-of`
 * between like and reply, as on webmention.io.
 */
import type { ResponseKind } from "./model.ts";
import { isSameAddress } from "./targets.ts";

export const RSVP_VALUES: ReadonlySet<string> = new Set(["yes", "no", "maybe", "interested"]);

const IN_ORDER = ["repost-of", "like-of", "bookmark-of", "in-reply-to"] as const;

/** Values, such as URLs, of an h-entry or JF2 entry, by property name. */
export type EntryProperties = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Returns the kind of an entry. With `targets`, only properties with one of these URLs count: an entry that likes
 * another page and links to this one is a mention.
 */
export function kindOf(properties: EntryProperties, targets?: readonly string[]): ResponseKind {
  const isAboutUs = (address: string) =>
    URL.canParse(address) &&
    (targets === undefined || targets.some((target) => isSameAddress(address, target)));
  if (rsvpOf(properties) !== null) return "rsvp";
  return IN_ORDER.find((name) => (properties[name] ?? []).some(isAboutUs)) ?? "mention-of";
}

/** Returns a valid RSVP value in lower case, else null. */
export function rsvpOf(properties: EntryProperties): string | null {
  const value = properties["rsvp"]?.[0]?.trim().toLowerCase() ?? "";
  return RSVP_VALUES.has(value) ? value : null;
}
