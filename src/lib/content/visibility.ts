import type { Visibility } from "./model.ts";

/** Inputs for deciding whether an entry is visible. */
export interface Publishable {
  readonly isDraft: boolean;
  /** Instant, ISO 8601 in UTC; null for entries without a date, such as pages. */
  readonly date: string | null;
}

/** Visibility of an entry at a given time. */
export function visibilityOf(entry: Publishable, now: Date): Visibility {
  if (entry.isDraft) return "draft";
  return entry.date !== null && Date.parse(entry.date) > now.getTime() ? "scheduled" : "published";
}

/** Whether a build shows an entry, in pages, lists, feeds, search, pictures and neighbors alike. */
export function isPublished(entry: Publishable, now: Date): boolean {
  return visibilityOf(entry, now) === "published";
}
