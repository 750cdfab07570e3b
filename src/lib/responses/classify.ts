/**
 * What an answer does to a post: post-type discovery (https://indieweb.org/post-type-discovery), with `bookmark-of`
 * between like and reply, as webmention.io has it.
 */
import type { ResponseKind } from "./model.ts";
import { isSameAddress } from "./targets.ts";

export const RSVP_VALUES: ReadonlySet<string> = new Set(["yes", "no", "maybe", "interested"]);

const IN_ORDER = ["repost-of", "like-of", "bookmark-of", "in-reply-to"] as const;

/** Addresses and values by property name, of an h-entry or a JF2 entry. */
export type EntryProperties = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The kind of an entry. With `targets`, only properties that name one of them count: who likes another page and
 * mentions this one, mentions it.
 */
export function kindOf(properties: EntryProperties, targets?: readonly string[]): ResponseKind {
  const isAboutUs = (address: string) =>
    URL.canParse(address) &&
    (targets === undefined || targets.some((target) => isSameAddress(address, target)));
  if (rsvpOf(properties) !== null) return "rsvp";
  return IN_ORDER.find((name) => (properties[name] ?? []).some(isAboutUs)) ?? "mention-of";
}

/** A valid answer to an invitation, in lower case, else null. */
export function rsvpOf(properties: EntryProperties): string | null {
  const value = properties["rsvp"]?.[0]?.trim().toLowerCase() ?? "";
  return RSVP_VALUES.has(value) ? value : null;
}
