import type { PostResponse } from "../model.ts";
import { isInstant } from "../record.ts";

/** A response that came in: cleaned, its post found, its moderation still to be decided. */
export interface Draft {
  readonly slug: string;
  readonly record: PostResponse;
  /** Address of the author's picture, to be fetched. */
  readonly photoUrl: string | null;
  /** Pictures that the record names by {@link pictureName}, to be fetched. */
  readonly pictures?: readonly DraftPicture[] | undefined;
  /** Said by the service itself to be hidden there; why. */
  readonly hidden: { readonly status: "pending" | "spam"; readonly reason: string } | null;
}

/** A picture at an address, and what it is for: that decides its size. */
export interface DraftPicture {
  readonly address: string;
  readonly shape: "emoji" | "preview";
}

/**
 * Time with a zone, in the form that the schema of records accepts; what has no zone is read as UTC. Undefined for what
 * is no time (February 30, 24:00), or before there was a web.
 */
export function instantOf(raw: unknown): string | undefined {
  if (typeof raw !== "string") return undefined;
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
    raw.trim(),
  );
  if (found === null) return undefined;
  const [, day = "", minutes = "00:00", seconds = ":00", zone = "Z"] = found;
  const offset = zone.toUpperCase() === "Z" ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
  const instant = `${day}T${minutes}${seconds}${offset}`;
  const time = Date.parse(instant);
  return isInstant(instant) && time >= Date.UTC(1991, 0) ? instant : undefined;
}
