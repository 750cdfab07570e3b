/** `backfence stats`: prints statistics of the blog. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dayInZone } from "../lib/content/dates.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { exitCodes } from "./responses/exit-codes.ts";
import { figuresOf, moreFiguresOf, type Counts, type Figures } from "./stats/figures.ts";
import { statsHtml } from "./stats/stats-html.ts";

const BAR_WIDTH = 40;

export const command = defineCommand(
  {
    usage: "stats [options]",
    description:
      "Published posts and words by year, the most used tags, and responses by kind; as a page with plots, also words, lengths, authors and the most discussed posts.",
    positionals: { min: 0, max: 0 },
    options: {
      json: { type: "boolean", default: false, description: "the figures as JSON" },
      html: {
        type: "string",
        value: "FILE",
        description: "write the figures and plots as a page, without scripts, for light and dark",
      },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["stats", "figures with bars"],
      ["stats --html stats.html", "a page to open in a browser"],
    ],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values }, context) => {
    const folders = foldersOf(values, context, "check");
    const { blog } = await loadBlog({ ...folders, mode: "build", now: context.now() });
    if (values.html !== undefined) {
      const file = path.resolve(context.root, values.html);
      const day = dayInZone(context.now().toISOString(), blog.settings.timeZone);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, statsHtml(blog.settings.title, day, moreFiguresOf(blog)));
      context.out(`Wrote ${values.html}\n`);
      return exitCodes.ok;
    }
    const figures = figuresOf(blog);
    context.out(values.json ? asJson(figures) : asText(figures));
    return exitCodes.ok;
  },
);

function asText({ posts, words, drafts, scheduled, postsByYear, tags, responses }: Figures): string {
  const average = posts === 0 ? 0 : Math.round(words / posts);
  return [
    `Posts      ${posts}${drafts + scheduled > 0 ? ` (and ${drafts} ${drafts === 1 ? "draft" : "drafts"}, ${scheduled} scheduled)` : ""}`,
    `Words      ${words.toLocaleString("en")}${posts > 0 ? ` (${average.toLocaleString("en")} a post)` : ""}`,
    ...chart("Posts by year", postsByYear),
    ...chart("Tags", tags),
    ...chart("Responses", responses),
    "",
  ].join("\n");
}

/** The figures as JSON, with counts as objects. */
function asJson({ postsByYear, tags, responses, ...rest }: Figures): string {
  const counts = Object.entries({ postsByYear, tags, responses }).map(([key, one]) => [
    key,
    Object.fromEntries(one),
  ]);
  return `${JSON.stringify({ ...rest, ...Object.fromEntries(counts) }, null, 2)}\n`;
}

function chart(title: string, counts: Counts): readonly string[] {
  if (counts.length === 0) return [];
  const most = Math.max(...counts.map(([, count]) => count));
  const widest = Math.max(...counts.map(([name]) => [...name].length));
  const rows = counts.map(([name, count]) => {
    const bar = "█".repeat(Math.max(1, Math.round((count / most) * BAR_WIDTH)));
    return `  ${name}${" ".repeat(widest - [...name].length)}  ${bar} ${count}`;
  });
  return ["", title, ...rows];
}
