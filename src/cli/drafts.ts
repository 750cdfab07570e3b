/** `backfence drafts`: lists unpublished posts, or the posts published since a given date. */
import { isoInZone } from "../lib/content/dates.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import type { Post } from "../lib/content/model.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { dateOf, nowOf } from "./now.ts";
import { exitCodes } from "./responses/exit-codes.ts";

export const command = defineCommand(
  {
    usage: "drafts [options]",
    description: "Lists scheduled posts with their dates in the blog's time zone, then drafts.",
    positionals: { min: 0, max: 0 },
    options: {
      json: { type: "boolean", default: false, description: "the list as JSON" },
      now: { type: "string", value: "DATE", description: "list what isn't published at this ISO date" },
      since: {
        type: "string",
        value: "DATE",
        description: "list instead the posts whose date has come since this ISO date",
      },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["drafts", "what readers don't see yet"],
      ["drafts --since 2026-05-01T09:00:00Z", "what a build now shows that one at that time didn't"],
    ],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values }, context) => {
    const folders = foldersOf(values, context, "check");
    const since = values.since === undefined ? null : dateOf("since", values.since);
    const { blog } = await loadBlog({ ...folders, mode: "build", now: nowOf(values.now, context) });
    const { timeZone } = blog.settings;
    if (since !== null) {
      const due = dueSince(blog.posts, since).map(({ file, title, date }) => ({
        file,
        title,
        date: isoInZone(date, timeZone),
      }));
      if (values.json) context.out(`${JSON.stringify({ due }, null, 2)}\n`);
      else for (const { file, title, date } of due) context.out(`${minuteOf(date)}  ${title}  (${file})\n`);
      return exitCodes.ok;
    }
    const scheduled = [...blog.heldBack.scheduled]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map(({ file, title, date }) => ({ file, title, date: isoInZone(date, timeZone) }));
    const { drafts } = blog.heldBack;
    if (values.json) context.out(`${JSON.stringify({ scheduled, drafts }, null, 2)}\n`);
    else {
      const zone = timeZone ?? "UTC";
      const lines = scheduled.map(({ file, title, date }) => `  ${minuteOf(date)}  ${title}  (${file})`);
      if (lines.length > 0) context.out(`Scheduled (${zone}):\n${lines.join("\n")}\n`);
      const rest = drafts.map(({ file, title }) => `  ${title}  (${file})`);
      if (rest.length > 0) context.out(`Drafts:\n${rest.join("\n")}\n`);
      if (lines.length + rest.length === 0) context.out("No drafts, and nothing is scheduled.\n");
    }
    return exitCodes.ok;
  },
);

/** Published posts that were still scheduled at `since`, oldest first. */
function dueSince(posts: readonly Post[], since: Date): readonly Post[] {
  return posts
    .filter(({ date }) => Date.parse(date) > since.getTime())
    .toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date));
}

function minuteOf(date: string): string {
  return date.slice(0, 16).replace("T", " ");
}
