/** `backfence stats`: the blog in figures. */
import { dayInZone } from "../lib/content/dates.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import type { Blog } from "../lib/content/model.ts";
import { defineCommand } from "./args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "./folders.ts";
import { exitCodes } from "./responses/exit-codes.ts";

const BAR_WIDTH = 40;
const TOP = 10;

export const command = defineCommand(
  {
    usage: "stats [options]",
    description: "Published posts and words by year, the most used tags, and responses by kind.",
    positionals: { min: 0, max: 0 },
    options: {
      json: { type: "boolean", default: false, description: "the figures as JSON" },
      ...FOLDER_OPTIONS,
    },
    examples: [["stats", "figures with bars"]],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values }, context) => {
    const folders = foldersOf(values, context, "check");
    const { blog } = await loadBlog({ ...folders, mode: "build", now: context.now() });
    const figures = figuresOf(blog);
    context.out(values.json ? `${JSON.stringify(figures, null, 2)}\n` : asText(figures));
    return exitCodes.ok;
  },
);

interface Figures {
  readonly posts: number;
  readonly words: number;
  readonly drafts: number;
  readonly scheduled: number;
  readonly postsByYear: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, number>>;
  readonly responses: Readonly<Record<string, number>>;
}

function figuresOf(blog: Blog): Figures {
  const { timeZone } = blog.settings;
  const approved = Object.values(blog.responses)
    .flat()
    .filter(({ status }) => status === "approved");
  const years = blog.posts.map(({ date }) => dayInZone(date, timeZone).slice(0, 4)).sort();
  return {
    posts: blog.posts.length,
    words: blog.posts.reduce((sum, { body }) => sum + body.words, 0),
    drafts: blog.heldBack.drafts.length,
    scheduled: blog.heldBack.scheduled.length,
    postsByYear: countsOf(years),
    tags: mostFrequent(countsOf(blog.posts.flatMap(({ tags }) => tags))),
    responses: mostFrequent(countsOf(approved.map((record) => record["wm-property"]))),
  };
}

function countsOf(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function mostFrequent(counts: Readonly<Record<string, number>>): Record<string, number> {
  const sorted = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.slice(0, TOP));
}

function asText({ posts, words, drafts, scheduled, postsByYear, tags, responses }: Figures): string {
  const average = posts === 0 ? 0 : Math.round(words / posts);
  return [
    `Posts      ${posts}${drafts + scheduled > 0 ? ` (and ${drafts} drafts, ${scheduled} scheduled)` : ""}`,
    `Words      ${words.toLocaleString("en")}${posts > 0 ? ` (${average.toLocaleString("en")} a post)` : ""}`,
    ...chart("Posts by year", postsByYear),
    ...chart("Tags", tags),
    ...chart("Responses", responses),
    "",
  ].join("\n");
}

function chart(title: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const entries = Object.entries(counts);
  if (entries.length === 0) return [];
  const most = Math.max(...entries.map(([, count]) => count));
  const widest = Math.max(...entries.map(([name]) => [...name].length));
  const rows = entries.map(([name, count]) => {
    const bar = "█".repeat(Math.max(1, Math.round((count / most) * BAR_WIDTH)));
    return `  ${name}${" ".repeat(widest - [...name].length)}  ${bar} ${count}`;
  });
  return ["", title, ...rows];
}
