/** `npm run new -- "A title"`: a new post, a draft until you say otherwise. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { listContent } from "../lib/content/content-files.ts";
import { newPost } from "../lib/content/new-post.ts";
import { loadSettings } from "../lib/site/load-settings.ts";
import { runCommand } from "./report.ts";
import { FOLDER_OPTIONS, siteFolders } from "./site-folders.ts";

const USAGE = `npm run new -- "A title" [--folder] [--no-draft] [--lang de] [--author nell]

  --folder     in a folder of its own, for pictures beside it
  --no-draft   published with the next build
  --lang       language, when it isn't the blog's
  --author     name of a file in content/authors/, when there are several`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    allowNegative: true,
    options: {
      ...FOLDER_OPTIONS,
      folder: { type: "boolean", default: false },
      draft: { type: "boolean", default: true },
      lang: { type: "string" },
      author: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { contentDir } = siteFolders(values);
  const root = path.dirname(contentDir);
  const files = listContent(contentDir, root);
  const { file, text } = newPost({
    title: positionals.join(" "),
    isFolder: values.folder,
    isDraft: values.draft,
    lang: values.lang ?? null,
    author: values.author ?? null,
    now: new Date(),
    timeZone: loadSettings({ root, contentDir }).timeZone,
    authors: files.authors.map(({ name }) => name),
    posts: files.posts,
  });
  const absolute = path.join(contentDir, file);
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, text, { flag: "wx" });
  console.log(
    `Made ${path.relative(root, absolute)}${values.draft ? " (a draft: npm run dev shows it)" : ""}`,
  );
});
