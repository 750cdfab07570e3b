/**
 * Generates a blog of N posts for benchmarks: the same N gives the same bytes on every machine. The text is filler; its
 * proportions are those of a long-running blog.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { random, type Random } from "./random.ts";
import { setAside } from "./set-aside.ts";

const TAGS = 60;
const AUTHORS = 8;
const SERIES = 12;
const PICTURES = 40;
const FIRST_DAY = Date.UTC(2008, 0, 1);
const LAST_DAY = Date.UTC(2026, 9, 1);

/** Share of the posts that contain each feature, as listed in bench/README.md. */
const SHARES = {
  picture: 0.3,
  code: 0.1,
  components: 0.25,
  ownImport: 0.05,
  footnotes: 0.3,
  series: 0.2,
} as const;

export interface CorpusPost {
  readonly slug: string;
  readonly title: string;
  readonly date: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly series: string | null;
  /** Body: Markdown that uses the blog's components. */
  readonly mdx: string;
  readonly picture: string | null;
  readonly hasOwnImport: boolean;
}

/** Returns the posts of a corpus, oldest first. */
export function corpusPosts(count: number): CorpusPost[] {
  return Array.from({ length: count }, (_, index) => corpusPost(index, count));
}

/** Writes a corpus as the content folder of a Backfence blog. */
export async function writeCorpus(folder: string, count: number): Promise<void> {
  setAside(folder);
  write(folder, "site.yaml", SETTINGS);
  for (let author = 0; author < AUTHORS; author += 1) {
    write(
      folder,
      `authors/author-${author}.yaml`,
      `name: Author ${author}\nbio: Writes every eighth post.\n`,
    );
  }
  for (let series = 0; series < SERIES; series += 1) {
    write(
      folder,
      `series/series-${series}.yaml`,
      `title: Series ${series}\ndescription: Parts that belong together.\n`,
    );
  }
  const pictures = await corpusPictures();
  for (const post of corpusPosts(count)) writePost(folder, post, pictures);
}

/** Returns the corpus's pictures as JPEG data. */
export async function corpusPictures(): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: PICTURES }, (_, index) => {
      const channel = (step: number) => (index * step) % 256;
      const background = { r: channel(37), g: channel(59), b: channel(83) };
      return sharp({ create: { width: 1200, height: 800, channels: 3, background } })
        .jpeg()
        .toBuffer();
    }),
  );
}

function corpusPost(index: number, count: number): CorpusPost {
  const draw = random(index + 1);
  const day = FIRST_DAY + Math.floor(((LAST_DAY - FIRST_DAY) * index) / count / 86_400_000) * 86_400_000;
  const date = new Date(day + draw.int(8, 20) * 3_600_000).toISOString();
  const hasOwnImport = draw.chance(SHARES.ownImport);
  const picture = draw.chance(SHARES.picture) ? `picture-${draw.int(0, PICTURES - 1)}.jpg` : null;
  const markdown = bodyOf(draw, index, picture);
  const components = draw.chance(SHARES.components) ? `\n\n${componentsOf(draw)}` : "";
  const own = hasOwnImport ? `\n\n<Note count={${index}} />` : "";
  return {
    slug: `post-${String(index).padStart(5, "0")}-${draw.word()}`,
    title: titleCase(draw.sentence(3, 8)),
    date,
    author: `author-${draw.int(0, AUTHORS - 1)}`,
    tags: [...new Set(Array.from({ length: draw.int(1, 4) }, () => `tag-${draw.skewed(TAGS)}`))],
    series: draw.chance(SHARES.series) ? `series-${draw.int(0, SERIES - 1)}` : null,
    mdx: markdown + components + own,
    picture,
    hasOwnImport,
  };
}

/** 600 to 900 words with headings, lists, quotations, footnotes, links, sometimes a picture or code. */
function bodyOf(draw: Random, index: number, picture: string | null): string {
  const blocks: string[] = [draw.paragraph(45, 75)];
  const links = draw.int(5, 8);
  for (let section = 0; section < 4; section += 1) {
    blocks.push(`## ${titleCase(draw.sentence(2, 5))}`, draw.paragraph(50, 80), draw.paragraph(40, 65));
    if (section === 0 && picture !== null)
      blocks.push(`![${draw.sentence(3, 6)}](./${picture} "${draw.sentence(4, 7)}")`);
    if (section === 1) blocks.push(Array.from({ length: 4 }, () => `- ${draw.sentence(4, 9)}`).join("\n"));
    if (section === 2) blocks.push(`> ${draw.sentence(12, 25)}`);
  }
  for (let link = 0; link < links; link += 1) {
    blocks.push(
      `${draw.sentence(3, 6)} [${draw.sentence(2, 3)}](https://site-${draw.int(0, 400)}.example/${draw.word()}).`,
    );
  }
  if (draw.chance(SHARES.code))
    blocks.push(`\`\`\`js\nconst answer${index} = () => ({ word: "${draw.word()}" });\n\`\`\``);
  if (draw.chance(SHARES.footnotes))
    blocks.push(`${draw.sentence(4, 8)}[^1]\n\n[^1]: ${draw.sentence(6, 12)}`);
  return blocks.join("\n\n");
}

function componentsOf(draw: Random): string {
  return draw.chance(0.5)
    ? `<Aside type="tip">\n\n${draw.sentence(10, 20)}\n\n</Aside>`
    : `<Quote who="${titleCase(draw.sentence(2, 2))}" where="${draw.sentence(2, 4)}">\n\n${draw.sentence(10, 25)}\n\n</Quote>`;
}

function writePost(folder: string, post: CorpusPost, pictures: readonly Buffer[]): void {
  const place = `posts/${post.slug}`;
  const matter = [
    "---",
    `title: ${post.title}`,
    `description: About ${post.title.toLowerCase()}`,
    `date: ${post.date}`,
    `authors: [${post.author}]`,
    `tags: [${post.tags.join(", ")}]`,
    ...(post.series === null ? [] : [`series: ${post.series}`]),
    "---",
  ].join("\n");
  const imports = post.hasOwnImport ? 'import Note from "./note.astro";\n\n' : "";
  write(folder, `${place}/index.mdx`, `${matter}\n\n${imports}${post.mdx}\n`);
  if (post.hasOwnImport) write(folder, `${place}/note.astro`, NOTE);
  if (post.picture !== null) {
    const bytes = pictures[Number(/\d+/.exec(post.picture)?.[0])];
    if (bytes !== undefined) write(folder, `${place}/${post.picture}`, bytes);
  }
  const responses = responsesOf(post);
  if (responses !== null) write(folder, `responses/${post.slug}.json`, responses);
}

/** Responses: 1,600 to the first post, 200 to 400 to 1 % of the others, 1 to 6 to 60 % of the rest. */
function responsesOf(post: CorpusPost): string | null {
  const draw = random(hashCode(post.slug));
  const isFirst = post.slug.startsWith("post-00000");
  const count = isFirst
    ? 1_600
    : draw.chance(0.01)
      ? draw.int(200, 400)
      : draw.chance(0.6)
        ? draw.int(1, 6)
        : 0;
  if (count === 0) return null;
  const start = Date.parse(post.date);
  const children = Array.from({ length: count }, (_, index) => {
    const person = draw.int(0, 2_000);
    const received = new Date(start + (index + 1) * 3_600_000).toISOString();
    const source = `https://person-${person}.example/${post.slug}/${index}`;
    return {
      type: "entry",
      author: { type: "card", name: `Person ${person}`, url: `https://person-${person}.example/` },
      url: source,
      published: received,
      content: { text: draw.sentence(8, 40) },
      "wm-id": index + 1,
      "wm-source": source,
      "wm-target": `https://bench.example/posts/${post.slug}/`,
      "wm-protocol": "webmention",
      "wm-property": draw.pick(["in-reply-to", "in-reply-to", "like-of", "mention-of"]),
      "wm-received": received,
      status: "approved",
    };
  });
  return `${JSON.stringify({ type: "feed", children }, null, 2)}\n`;
}

const SETTINGS = `title: Bench
description: A made-up blog for measuring.
url: https://bench.example/
lang: en
timeZone: Europe/Berlin
socialPictures: false
`;

const NOTE = `---
interface Props { count: number }
const { count } = Astro.props;
---

<p class="note">Note {count}</p>
`;

function write(folder: string, file: string, value: string | Uint8Array): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, value);
}

function titleCase(text: string): string {
  const plain = text.replace(/\.$/, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

function hashCode(text: string): number {
  return [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
}
