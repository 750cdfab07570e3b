/** Other static site generators, set up to make the same site from the same posts. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { corpusPictures, type CorpusPost } from "../corpus.ts";
import type { Command } from "../measure.ts";
import type { SiteFiles } from "./check-site.ts";

export interface Peer {
  readonly name: string;
  /** Writes templates, settings and posts into a folder, and installs packages. */
  prepare(folder: string, posts: readonly CorpusPost[]): Promise<void>;
  /** Returns the command of a full build. */
  build(folder: string): Omit<Command, "name">;
  /** Output folder, relative to the project's; removed before a full build. */
  readonly output: string;
  /** Caches that the generator keeps between builds; removed before a full build. */
  readonly caches: readonly string[];
  /** Returns the path of a post's file, relative to the project's folder. */
  postFile(post: CorpusPost): string;
  version(folder: string): string;
  /** Output paths that differ from the usual ones. */
  readonly files?: Partial<SiteFiles>;
}

/** Posts on a list page; the same as Backfence's default. */
export const PER_PAGE = 10;

/** Posts in the feed, in full. */
export const IN_FEED = 50;

/** A generator's syntax for the blog's three components in Markdown. */
export interface ComponentNotation {
  aside(type: string, text: string): string;
  quote(who: string, where: string, text: string): string;
  note(count: string): string;
}

/** Components as Nunjucks or Liquid tags, whose syntax is the same here. */
export const TAG_NOTATION: ComponentNotation = {
  aside: (type, text) => `{% aside "${type}" %}\n\n${text}\n\n{% endaside %}`,
  quote: (who, where, text) => `{% pullquote "${who}", "${where}" %}\n\n${text}\n\n{% endpullquote %}`,
  note: (count) => `{% note ${count} %}`,
};

/**
 * Returns a post's body with the components in a generator's syntax and with the generator's URLs of pictures.
 * @throws Error when the text contains the syntax of a template language.
 */
export function bodyOf(
  { slug, mdx }: CorpusPost,
  notation: ComponentNotation,
  pictures = "/pictures/",
): string {
  if (/\{[{%#]/.test(mdx)) throw new Error(`${slug} has signs of a template language in it.`);
  const body = mdx
    .replace(/<Aside type="(.*?)">\n\n([^]*?)\n\n<\/Aside>/g, (_, type: string, text: string) =>
      notation.aside(type, text),
    )
    .replace(
      /<Quote who="(.*?)" where="(.*?)">\n\n([^]*?)\n\n<\/Quote>/g,
      (_, who: string, where: string, text: string) => notation.quote(who, where, text),
    )
    .replace(/<Note count=\{(\d+)\} \/>/g, (_, count: string) => notation.note(count));
  return `${body.replaceAll("](./picture-", `](${pictures}picture-`)}\n`;
}

/** Writes the pictures that posts show. */
export async function writePictures(folder: string): Promise<void> {
  for (const [index, bytes] of (await corpusPictures()).entries())
    write(folder, `picture-${index}.jpg`, bytes);
}

/** Returns YAML front matter; values are JSON, which is valid YAML. */
export function frontMatter(values: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(values).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n`;
}

export function write(folder: string, file: string, value: string | Uint8Array): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, value);
}

/**
 * Installs packages at exact versions, unless they are installed already.
 * @param more additional keys of package.json that a generator requires.
 */
export function install(
  folder: string,
  packages: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = { type: "module" },
): void {
  const json = `${JSON.stringify({ private: true, ...more, dependencies: packages }, null, 2)}\n`;
  const file = path.join(folder, "package.json");
  const isThere = existsSync(path.join(folder, "node_modules")) && existsSync(file);
  if (isThere && readFileSync(file, "utf8") === json) return;
  rmSync(path.join(folder, "node_modules"), { recursive: true, force: true });
  write(folder, "package.json", json);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
  });
}

/** Returns the version of an installed package. */
export function packageVersion(folder: string, name: string): string {
  const json: unknown = JSON.parse(
    readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8"),
  );
  return typeof json === "object" && json !== null ? String(Reflect.get(json, "version")) : "unknown";
}

/** Returns the first line of a program's version output. */
export function programVersion(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: "utf8" }).split("\n")[0] ?? "";
}

/** Page layout of the peers: head, navigation, footer; `%TITLE%` and `%MAIN%` are placeholders. */
export const FRAME = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%TITLE%</title>
<link rel="stylesheet" href="/site.css">
<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Bench">
</head>
<body>
<header><a href="/">Bench</a><nav><a href="/tags/">Tags</a> <a href="/archive/">Archive</a></nav></header>
<main>%MAIN%</main>
<footer><p>A made-up blog for measuring.</p></footer>
</body>
</html>
`;

export const CSS = "body { max-width: 40rem; margin: auto; font: 1.1rem/1.6 serif; }\n";
