import type { PostResponse } from "../model.ts";
import { isInstant } from "../record.ts";

/** An incoming response: cleaned and assigned to its post, but not moderated yet. */
export interface Draft {
  readonly slug: string;
  readonly record: PostResponse;
  /** URL of the author's picture, to be fetched. */
  readonly photoUrl: string | null;
  /** Pictures used by the record under their {@link pictureName}, to be fetched. */
  readonly pictures?: readonly DraftPicture[] | undefined;
  /** Set if the response is hidden on its own service, with the reason. */
  readonly hidden: { readonly status: "pending" | "spam"; readonly reason: string } | null;
}

/** The URL of a picture, and its use, which determines its size. */
export interface DraftPicture {
  readonly address: string;
  readonly shape: "emoji" | "preview";
}

/**
 * Normalizes a time to the format of the record schema; a time without zone is read as UTC. Undefined for an invalid
 * time (February 30, 24:00) and for times before 1991, when the web began.
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
