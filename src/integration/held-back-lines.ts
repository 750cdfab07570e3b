import type { Blog } from "../lib/content/model.ts";

/** Lines that name the posts which a build leaves out: how many drafts, and each scheduled post. */
export function heldBackLines({ drafts, scheduled }: Blog["heldBack"]): string[] {
  const lines = scheduled.map(({ date, title, file }) => `Scheduled for ${date}: ${title} (${file})`).sort();
  if (drafts.length === 0) return lines;
  return [`Not published: ${drafts.length} ${drafts.length === 1 ? "draft" : "drafts"}.`, ...lines];
}
