/** Follows each guide in `docs/import/`: runs its commands with the platform's fixture, and checks old links. */
import { cpSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runBackfence } from "../src/cli/run-backfence.ts";
import { loadBlog } from "../src/lib/content/load-blog.ts";
import { fixture } from "./support/imported.ts";
import { tempFolder } from "./support/temp-folder.ts";
import { zipFolder } from "./support/zip.ts";

const NOW = new Date("2026-11-30T00:00:00Z");

interface Guide {
  /** Name of the export fixture. */
  readonly export: string;
  /** Old URLs that must lead to the new URL of a text. */
  readonly old: readonly string[];
}

const GUIDES: Readonly<Record<string, Guide>> = {
  typepad: { export: "typepad.txt", old: ["/fence/2008/03/the-gate.html"] },
  wordpress: { export: "wordpress.xml", old: ["/2012/03/hello/", "/2012/03/hallo/"] },
  blogger: { export: "takeout", old: ["/2012/03/box-hedges.html"] },
  ghost: { export: "ghost.json", old: ["/on-paint/"] },
  substack: { export: "substack", old: ["/p/the-quiet-street"] },
  medium: { export: "medium", old: [] },
  microblog: { export: "microblog", old: ["/2021/05/03/081500.html", "/2021/05/04/a-title.html"] },
  tumblr: { export: "tumblr", old: ["/post/700", "/post/700/tides", "/post/701/herons"] },
  livejournal: { export: "livejournal/old_mill", old: ["/273.html", "/548.html"] },
  notion: { export: "notion", old: [] },
  "static-generators": { export: "hugo", old: [] },
};

test("every platform with a guide is tested", () => {
  const guides = globSync("docs/import/*.md", { cwd: root }).map((file) => path.basename(file, ".md"));
  expect(guides.filter((name) => name !== "comments" && name !== "figures").sort()).toEqual(
    Object.keys(GUIDES).sort(),
  );
});

const root = path.resolve(import.meta.dirname, "..");

test.each(Object.entries(GUIDES))("%s: the commands of the guide work as written", async (name, guide) => {
  const folder = tempFolder("guide");
  const project = path.join(folder, "blog");
  mkdirSync(path.join(project, "content"), { recursive: true });
  writeFileSync(
    path.join(project, "content/site.yaml"),
    "title: The fence\nurl: https://me.example\ntimeZone: Europe/Vienna\n",
  );
  const text = readFileSync(path.join(root, `docs/import/${name}.md`), "utf8");
  for (const [, file = "", yaml = ""] of text.matchAll(/^```yaml\n# ([\w-]+\.yaml)\n([\s\S]*?)^```/gm))
    writeFileSync(path.join(project, file), yaml);
  const lines = [...text.matchAll(/^ *npx backfence (.+)$/gm)].map(([, line = ""]) => line);
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const line of lines) {
    const [command = "", source = "", ...options] = line.split(" ");
    if (command === "import") putExport(guide.export, path.join(project, source));
    const images = options[options.indexOf("--images") + 1] ?? "";
    if (options.includes("--images")) mkdirSync(path.join(project, images), { recursive: true });
    let said = "";
    const code = await runBackfence(line.split(" "), {
      root: project,
      env: {},
      now: () => NOW,
      out: (piece) => void (said += piece),
      err: (piece) => void (said += piece),
      isInteractive: false,
      sleep: () => Promise.resolve(),
    });
    expect(`${line}: ${code}`, said).toBe(`${line}: 0`);
  }
  const { blog } = await loadBlog({
    root: project,
    contentDir: path.join(project, "content"),
    publicDir: path.join(project, "public"),
    cacheDir: path.join(project, ".cache"),
    mode: "build",
    now: NOW,
  });
  const aliases = [...blog.posts, ...blog.pages].flatMap((one) => one.aliases);
  for (const old of guide.old) expect(aliases).toContain(old);
  expect(blog.posts.length).toBeGreaterThan(0);
});

/** Copies the fixture to the file name in the guide, as a zip where the platform exports one. */
function putExport(name: string, target: string): void {
  const source = fixture(name);
  if (/\.(?:zip|bar)$/.test(target)) writeFileSync(target, zipFolder(source));
  else if (statSync(source).isDirectory() || path.extname(target) !== "")
    cpSync(source, target, { recursive: true });
}
