/** The docs are correct: their commands, settings, keys, files, variables and links exist. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import GithubSlugger from "github-slugger";
import { expect, test } from "vitest";
import { MENU } from "../src/pages/docs/_menu.ts";
import { commandFault, COMMAND_LINE } from "./support/command-lines.ts";
import { yamlFaults } from "./support/yaml-examples.ts";

const root = path.resolve(import.meta.dirname, "..");
const names = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...globSync("docs/**/*.md", { cwd: root }).map((name) => name.split(path.sep).join("/")),
].toSorted();
const pages = new Map(names.map((name) => [name, readFileSync(path.join(root, name), "utf8")]));
const GENERATED = ["docs/commands.md", "docs/settings.md", "docs/front-matter.md"];

/** Removes code blocks, whose links and headings are examples, from a page. */
function prose(text: string): string {
  return text.replaceAll(/^(`{3,})[^]*?^\1 *$/gm, "");
}

/** Returns the anchors of a page, as GitHub and Astro generate them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const headings = prose(text).matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = ""]) => slugger.slug(heading.replaceAll(/[`*]/g, ""))));
}

test("every link to a file or heading in the repository works", () => {
  const broken: string[] = [];
  let checked = 0;
  for (const [name, text] of pages) {
    for (const [, href = ""] of prose(text)
      .replaceAll(/`[^`\n]*`/g, "")
      .matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/i.test(href)) continue;
      checked += 1;
      const [target = "", anchor] = href.split("#");
      const file = target === "" ? name : path.posix.join(path.posix.dirname(name), target);
      if (!existsSync(path.join(root, file))) broken.push(`${name}: ${href}`);
      else if (anchor && file.endsWith(".md") && !anchorsOf(pages.get(file) ?? "").has(anchor))
        broken.push(`${name}: ${href} has no such heading`);
    }
  }
  expect(broken).toEqual([]);
  expect(checked).toBeGreaterThan(150);
});

test("every command exists with its options", async () => {
  const faults: string[] = [];
  let checked = 0;
  for (const [name, text] of pages)
    for (const [line] of text.matchAll(COMMAND_LINE)) {
      checked += 1;
      const fault = await commandFault(root, line);
      if (fault !== null) faults.push(`${name}: ${line}: ${fault}`);
    }
  expect(faults).toEqual([]);
  expect(checked).toBeGreaterThan(120);
});

test("a command or an option that doesn't exist is detected", async () => {
  expect(await commandFault(root, "npx backfence fetch-pictures")).toContain("no command");
  expect(await commandFault(root, "npx backfence check --fast")).toContain("--fast");
  expect(await commandFault(root, "npx backfence responses fetch")).toContain("no command");
  expect(await commandFault(root, "npx backfence responses pull --fast")).toContain("--fast");
  expect(await commandFault(root, "npm run publish")).toContain("no script");
  expect(await commandFault(root, "npx backfence check --fix --dry-run")).toBeNull();
});

test("commands in messages and help texts exist", async () => {
  const faults: string[] = [];
  for (const file of globSync("{src,templates}/**/*.{ts,yml,md}", { cwd: root })) {
    if (/\.test\.ts$|\/i18n\//.test(file)) continue;
    const text = readFileSync(path.join(root, file), "utf8");
    for (const [line] of text.matchAll(COMMAND_LINE)) {
      const fault = await commandFault(root, line);
      if (fault !== null) faults.push(`${file}: ${line}: ${fault}`);
    }
  }
  expect(faults).toEqual([]);
});

test("every setting and key in an example exists and has a valid value", () => {
  const faults = [...pages].flatMap(([name, text]) => yamlFaults(text).map((fault) => `${name}: ${fault}`));
  expect(faults).toEqual([]);
});

test("a wrong setting in an example is detected", () => {
  const example = (yaml: string) => `\`\`\`yaml\n${yaml}\n\`\`\`\n`;
  expect(yamlFaults(example("# content/site.yaml\ncomment: false"))).toHaveLength(1);
  expect(yamlFaults(example("# content/site.yaml\nwebmention:\n  endpont: https://me.example/"))).not.toEqual(
    [],
  );
  expect(yamlFaults(example("---\ntitle: A\ndate: 2026-03-01\ntag: [x]\n---"))).toHaveLength(1);
  expect(yamlFaults(example("# content/site.yaml\ncomments: false"))).toEqual([]);
});

test("every mentioned file of the repository exists", () => {
  const missing: string[] = [];
  for (const [name, text] of pages) {
    for (const [, file = ""] of prose(text).matchAll(
      /`((?:src|tests|bench|scripts|packages|templates)\/[\w./-]+)`/g,
    )) {
      // These folders also exist in the author's project.
      if (/^src\/(?:components|pages|styles|content)/.test(file)) continue;
      if (!existsSync(path.join(root, file))) missing.push(`${name}: ${file}`);
    }
  }
  expect(missing).toEqual([]);
});

test("each folder in src/lib has a README, and the files in it exist", () => {
  const folders = globSync("src/lib/*/", { cwd: root });
  expect(folders.filter((folder) => !existsSync(path.join(root, folder, "README.md")))).toEqual([]);
  const missing: string[] = [];
  for (const folder of [...folders, "src/receiver", "packages/pagefind-incremental"]) {
    const below = globSync("**/*.{ts,astro,css}", { cwd: path.join(root, folder) }).map((name) => `/${name}`);
    const text = readFileSync(path.join(root, folder, "README.md"), "utf8");
    for (const [, file = ""] of text.matchAll(/`([\w./-]+\.(?:ts|astro|css))`/g)) {
      const isThere = below.some((name) => name.replaceAll("\\", "/").endsWith(`/${file}`));
      const elsewhere = [folder, "src/lib", "."].map((from) => path.join(root, from, file));
      if (!isThere && !elsewhere.some((name) => existsSync(name))) missing.push(`${folder}: ${file}`);
    }
  }
  // Custom themes may have this file; the built-in themes don't.
  expect(missing).toEqual(["src/lib/themes: theme.css"]);
});

test("every environment variable is read by the code or a workflow", () => {
  const code = globSync("{src,templates,bench,tests}/**/*.{ts,yml,mjs}", { cwd: root })
    .map((file) => readFileSync(path.join(root, file), "utf8"))
    .join("\n");
  const unknown = [...pages].flatMap(([name, text]) =>
    [...text.matchAll(/\b(?:[A-Z]+_)+[A-Z]+\b/g)]
      .map(([variable]) => variable)
      .filter((variable) => !code.includes(variable))
      .map((variable) => `${name}: ${variable}`),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

test("a handwritten page has at most 200 lines, the README 120", () => {
  const long = [...pages]
    .map(([name, text]) => [name, text.trimEnd().split("\n").length] as const)
    .filter(([name]) => name !== "CHANGELOG.md" && !GENERATED.includes(name))
    .filter(([name, lines]) => lines > (name === "README.md" ? 120 : 200));
  expect(long).toEqual([]);
});

test("every page is in the menu of the docs, or belongs to one that is", () => {
  const listed = MENU.flatMap((group) => group.pages.map(([slug]) => slug));
  for (const slug of listed)
    expect(
      existsSync(path.join(root, `docs/${slug}.md`)) || existsSync(path.join(root, `docs/${slug}/README.md`)),
      slug,
    ).toBe(true);
  const stray = names
    .filter((name) => name.startsWith("docs/"))
    .map((name) => name.replace(/^docs\//, "").replace(/(?:\/README)?\.md$/, ""))
    .filter((slug) => !listed.includes(slug) && !listed.includes(slug.split("/")[0] ?? ""));
  expect(stray).toEqual([]);
});
