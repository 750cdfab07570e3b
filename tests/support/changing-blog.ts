/** A small blog that changes between builds: its state is in memory, and only changed files are written. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";

export interface BlogPost {
  title: string;
  date: string;
  tags: string[];
  author: string;
  series: string | null;
  isDraft: boolean;
  aliases: string[];
  /** Seed for the content of the post's `picture.png`; null for no picture. */
  picture: number | null;
  /** Number shown by the post's own component; null for a post without one. */
  component: number | null;
  body: string;
  responses: { id: number; text: string; isApproved: boolean }[];
}

export interface BlogState {
  posts: Map<string, BlogPost>;
  bios: Map<string, string>;
  seriesTitles: Map<string, string>;
  siteTitle: string;
  postsPerPage: number;
  hasSocialPictures: boolean;
  /** Text of `public/notes.txt`; null for no file. */
  publicFile: string | null;
  /** Text of the component that all posts' own components import. */
  sharedWord: string;
  now: string;
}

export const TAGS = ["fence", "Zaun", "栅栏", "talk"];
export const AUTHORS = ["ada", "ben"];
export const SERIES = ["home", "away"];

/** Twelve posts: one with its own component, some with pictures, responses or a series, one draft, one scheduled. */
export function firstState(): BlogState {
  const posts = new Map<string, BlogPost>();
  for (let index = 0; index < 12; index += 1) {
    posts.set(`post-${index}`, {
      title: `Post number ${index}`,
      date: `20${String(10 + index).padStart(2, "0")}-0${1 + (index % 9)}-11T09:00:00Z`,
      tags: [TAGS[index % 4] ?? "", TAGS[(index + 1) % 4] ?? ""],
      author: AUTHORS[index % 2] ?? "",
      series: index % 3 === 0 ? (SERIES[index % 2] ?? null) : null,
      isDraft: index === 5,
      aliases: index === 7 ? ["/old/seven.html"] : [],
      picture: index % 4 === 1 ? index : null,
      component: index === 8 ? 1 : null,
      body: `Words about neighbours and number ${index}.\n\n## A heading\n\nMore of them, told over a fence.`,
      responses: index % 3 === 1 ? [{ id: index * 100, text: "I agree.", isApproved: true }] : [],
    });
  }
  return {
    posts,
    bios: new Map(AUTHORS.map((id) => [id, `Writes as ${id}.`])),
    seriesTitles: new Map(SERIES.map((id) => [id, `The way ${id}`])),
    siteTitle: "A changing blog",
    postsPerPage: 5,
    hasSocialPictures: false,
    publicFile: "first\n",
    sharedWord: "hello",
    now: "2020-07-01T00:00:00Z",
  };
}

/** Writes the state into `content/` and `public/` of a folder. Unchanged files aren't touched. */
export async function writeBlog(folder: string, state: BlogState): Promise<void> {
  const wanted = await filesOf(state);
  for (const file of filesBelow(folder)) if (!wanted.has(file)) rmSync(path.join(folder, file));
  for (const [file, value] of wanted) {
    const target = path.join(folder, file);
    const bytes = Buffer.from(value);
    if (existsSync(target) && readFileSync(target).equals(bytes)) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}

async function filesOf(state: BlogState): Promise<Map<string, string | Uint8Array>> {
  const files = new Map<string, string | Uint8Array>();
  const { siteTitle, postsPerPage, hasSocialPictures } = state;
  files.set(
    "content/site.yaml",
    `title: ${siteTitle}\nurl: https://changing.example/\ntimeZone: Europe/Berlin\npostsPerPage: ${postsPerPage}\nsocialPictures: ${hasSocialPictures}\n`,
  );
  for (const [id, bio] of state.bios)
    files.set(`content/authors/${id}.yaml`, `name: Author ${id}\nbio: ${bio}\n`);
  for (const [id, title] of state.seriesTitles)
    files.set(`content/series/${id}.yaml`, `title: ${title}\ndescription: Parts.\n`);
  files.set("content/pages/gate.md", "---\ntitle: The gate\n---\n\nThe gate is painted every spring.\n");
  files.set("content/components/word.astro", `<b>${state.sharedWord}</b>\n`);
  for (const [slug, post] of state.posts) {
    files.set(`content/posts/${slug}/index.mdx`, postText(post));
    if (post.picture !== null)
      files.set(`content/posts/${slug}/picture.png`, await pictureBytes(post.picture));
    if (post.component !== null) files.set(`content/posts/${slug}/own.astro`, componentText(post.component));
    if (post.responses.length > 0) files.set(`content/responses/${slug}.json`, responsesText(slug, post));
  }
  if (state.publicFile !== null) files.set("public/notes.txt", state.publicFile);
  return files;
}

function postText(post: BlogPost): string {
  const front = [
    `title: ${post.title}`,
    `description: About ${post.title.toLowerCase()}`,
    `date: ${post.date}`,
    `authors: [${post.author}]`,
    `tags: [${post.tags.join(", ")}]`,
    ...(post.series === null ? [] : [`series: ${post.series}`]),
    ...(post.isDraft ? ["draft: true"] : []),
    ...(post.aliases.length === 0 ? [] : [`aliases: [${post.aliases.join(", ")}]`]),
  ];
  const imports = post.component === null ? "" : 'import Own from "./own.astro";\n\n';
  const picture = post.picture === null ? "" : "\n\n![A square of one colour](./picture.png)";
  const own = post.component === null ? "" : "\n\n<Own />";
  return `---\n${front.join("\n")}\n---\n\n${imports}${post.body}${picture}${own}\n`;
}

function componentText(shown: number): string {
  return `---
import Word from "../../components/word.astro";
---

<p class="own">Shown: ${shown}, <Word /></p>

<style>
  .own {
    margin-block-start: ${shown}px;
  }
</style>
`;
}

function responsesText(slug: string, { responses, date }: BlogPost): string {
  const children = responses.map(({ id, text, isApproved }) => ({
    type: "entry",
    author: { type: "card", name: `Person ${id % 7}`, url: `https://person-${id % 7}.example/` },
    url: `https://person-${id % 7}.example/${id}`,
    published: date,
    content: { text },
    "wm-id": id,
    "wm-source": `https://person-${id % 7}.example/${id}`,
    "wm-target": `https://changing.example/posts/${slug}/`,
    "wm-protocol": "webmention",
    "wm-property": "in-reply-to",
    "wm-received": date,
    status: isApproved ? "approved" : "pending",
  }));
  return `${JSON.stringify({ type: "feed", children }, null, 2)}\n`;
}

const pictures = new Map<number, Uint8Array>();

async function pictureBytes(number: number): Promise<Uint8Array> {
  const known = pictures.get(number);
  if (known !== undefined) return known;
  const background = { r: (number * 37) % 256, g: (number * 59) % 256, b: (number * 83) % 256 };
  const made = await sharp({ create: { width: 16, height: 12, channels: 3, background } })
    .png()
    .toBuffer();
  pictures.set(number, made);
  return made;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.relative(folder, path.join(item.parentPath, item.name)).replaceAll("\\", "/"));
}
