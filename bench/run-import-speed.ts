/** `npm run bench -- import-speed [part of a name]`: time and memory of importing generated blogs, one process each. */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  bloggerExport,
  disqusExport,
  movableTypeExport,
  wordpressExport,
} from "../tests/support/made-up-export.ts";

const TEN_THOUSAND = { posts: 10_000, comments: 100_000 };
const ONE = { posts: 1, comments: 100_000 };
const LARGE = { posts: 20_000, comments: 20_000, words: 3300 };

const CASES: Readonly<Record<string, () => Generator<string>>> = {
  "TypePad, 10,000 posts, 100,000 comments": () => movableTypeExport(TEN_THOUSAND),
  "WordPress, 10,000 posts, 100,000 comments": () => wordpressExport(TEN_THOUSAND),
  "Blogger, 10,000 posts, 100,000 comments": () => bloggerExport(TEN_THOUSAND),
  "TypePad, 1 post, 100,000 comments": () => movableTypeExport(ONE),
  "WordPress, 1 post, 100,000 comments": () => wordpressExport(ONE),
  "Disqus, 1 post, 100,000 comments": () => disqusExport("https://new.example/posts/one/", 100_000),
  "TypePad, 20,000 long posts": () => movableTypeExport(LARGE),
  "WordPress, 20,000 long posts": () => wordpressExport(LARGE),
};

const importer = path.resolve(import.meta.dirname, "../src/lib/import/import-blog.ts");

/** Runs an import and prints its time and memory. */
const SCRIPT = `const { importBlog } = await import(process.argv[1]);
const start = performance.now();
const { counts, files } = await importBlog({ source: process.argv[2], contentDir: process.argv[3], isDryRun: false, images: null, baseUrl: "https://new.example/" });
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, rss: process.resourceUsage().maxRSS / 1024, posts: counts.posts, responses: counts.responses, written: files.written }));`;

interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
  readonly posts: number;
  readonly responses: number;
  readonly written: number;
}

export function run([part = ""]: readonly string[]): Promise<void> {
  console.log(
    "| export | MB | s | s of processor | s, second run | MB of memory | posts | responses | load |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const [name, pieces] of Object.entries(CASES)) if (name.includes(part)) measure(name, pieces());
  return Promise.resolve();
}

function measure(name: string, pieces: Iterable<string>): void {
  const root = mkdtempSync(path.join(os.tmpdir(), "import-speed-"));
  try {
    const source = path.join(root, "export");
    const handle = openSync(source, "w");
    for (const piece of pieces) writeSync(handle, piece);
    closeSync(handle);
    const contentDir = path.join(root, "content");
    mkdirSync(path.join(contentDir, "posts"), { recursive: true });
    if (name.startsWith("Disqus")) {
      writeFileSync(
        path.join(contentDir, "site.yaml"),
        "title: New\nurl: https://new.example/\ntimeZone: UTC\n",
      );
      writeFileSync(
        path.join(contentDir, "posts/one.md"),
        "---\ntitle: One\ndate: 2015-05-01\n---\nWords.\n",
      );
    }
    const load = os.loadavg()[0] ?? 0;
    const first = importOnce(source, contentDir);
    const second = importOnce(source, contentDir);
    if (second.written > 0) throw new Error(`${name}: the second run wrote ${second.written} files`);
    const megabytes = statSync(source).size / 1024 ** 2;
    const cells = [
      name,
      megabytes.toFixed(0),
      first.wall.toFixed(1),
      first.cpu.toFixed(1),
      second.wall.toFixed(1),
    ];
    const rest = [first.rss.toFixed(0), first.posts, first.responses, load.toFixed(1)];
    console.log(`| ${[...cells, ...rest].join(" | ")} |`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function importOnce(source: string, contentDir: string): Cost {
  const output = execFileSync(
    process.execPath,
    ["--input-type=module", "-e", SCRIPT, importer, source, contentDir],
    {
      encoding: "utf8",
    },
  );
  return JSON.parse(output) as Cost;
}
