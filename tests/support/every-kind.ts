/** A blog with every kind of page and post, for checking themes. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { root } from "./build.ts";

/** Kinds of pages for checking themes: path by name. */
export const KINDS = {
  home: "",
  "all posts": "posts/",
  "a post": "posts/everything/",
  "a conversation": "posts/a-long-talk/",
  "a note": "notes/2024-03-20/",
  "a photo post": "posts/a-photograph/",
  "a link post": "posts/a-link/",
  tags: "tags/",
  archive: "archive/",
  authors: "authors/",
  people: "people/",
  search: "search/",
  subscribe: "subscribe/",
  "not found": "404.html",
} as const;

const OWN: Readonly<Record<string, string>> = {
  "posts/a-photograph/index.md":
    "---\ntitle: Three slopes from the bridge\nkicker: Seen\ndate: 2024-04-10T18:00:00+02:00\nauthors: [oren]\ntags: [slopes]\ncover: { src: ./slopes.jpg, alt: Three slopes in the evening }\n---\n\nTaken on the way home, before the lamp went out.\n",
  "posts/a-link.md":
    "---\ntitle: A map of every lamp\nlink: https://lamps.example/map\ndate: 2024-04-12T18:00:00+02:00\nauthors: [mara]\ntags: [lamps]\n---\n\nSomebody counted them after all, and drew a map.\n",
};

/** Writes the content of the blog. @param settings lines for `site.yaml`. */
export async function writeEveryKind(contentDir: string, settings: string): Promise<void> {
  cpSync(path.join(root, "tests/fixtures/picture-blog/content"), contentDir, { recursive: true });
  for (const [name, text] of Object.entries(OWN)) {
    mkdirSync(path.dirname(path.join(contentDir, name)), { recursive: true });
    writeFileSync(path.join(contentDir, name), text);
  }
  const slopes = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#d9b98a"/><path fill="#4c6a78" d="M0 800 400 300 700 700 900 420 1200 800z"/></svg>`;
  await sharp(Buffer.from(slopes)).jpeg().toFile(path.join(contentDir, "posts/a-photograph/slopes.jpg"));
  const file = path.join(contentDir, "site.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}${settings}`);
}
