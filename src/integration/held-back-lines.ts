import type { Blog } from "../lib/content/model.ts";

/** Log lines about posts that a build leaves out: the number of drafts, and each scheduled post. */
export function heldBackLines({ drafts, scheduled }: Blog["heldBack"]): string[] {
  const lines = scheduled.map(({ date, title, file }) => `Scheduled for ${date}: ${title} (${file})`).sort();
  if (drafts.length === 0) return lines;
  return [`Not published: ${drafts.length} ${drafts.length === 1 ? "draft" : "drafts"}.`, ...lines];
}
