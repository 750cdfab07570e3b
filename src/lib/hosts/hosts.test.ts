import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hostNames, isHostName } from "./hosts.ts";
import { hostFiles } from "./project-files.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const docs = path.join(root, "docs/publish");
const project = {
  templatesDir: path.join(root, "templates"),
  url: "https://me.example/blog/",
  folderName: "My Blög",
  isPulling: true,
};

test.each(hostNames)(
  "%s: its files are whole, readable by what reads them, and none is outside the project",
  (name) => {
    const files = hostFiles(name, project);
    expect(files.size + Number(name === "apache")).toBeGreaterThan(0);
    for (const [file, text] of files) {
      expect(file).not.toMatch(/^\/|\.\.|\\|(?:^|\/)_/);
      expect(text).not.toMatch(/\{\{\w+\}\}/);
      if (file.endsWith(".json")) JSON.parse(text);
      if (file.endsWith(".yml")) expect(parse(text)).toBeTypeOf("object");
    }
  },
);

test("the blog's domain and name reach the files", () => {
  expect(hostFiles("caddy", project).get("host/Caddyfile")).toContain("{$BLOG_ADDRESS:me.example} {");
  expect(hostFiles("nginx", project).get("host/nginx.conf")).toContain("server_name me.example;");
  expect(hostFiles("cloudflare", project).get("wrangler.json")).toContain('"name": "my-blo-g"');
});

test("responses are pulled only where they come from a service", () => {
  const file = ".github/workflows/pull-responses.yml";
  expect(hostFiles("github", project).has(file)).toBe(true);
  expect(hostFiles("github", { ...project, isPulling: false }).has(file)).toBe(false);
  expect([...hostFiles("netlify", project).keys()]).toEqual([
    "netlify.toml",
    ".github/workflows/scheduled-publish.yml",
    file,
  ]);
});

test("every host has its page, and every command and link of the pages is right", () => {
  const pages = globSync("*.md", { cwd: docs });
  const text = pages.map((page) => readFileSync(path.join(docs, page), "utf8")).join("\n");
  for (const name of hostNames) {
    expect(text).toContain(`backfence host ${name}`);
    if (name !== "devcontainer") expect(pages).toContain(`${name}.md`);
  }
  for (const [, name = ""] of text.matchAll(/backfence host ([a-z]+)/g))
    expect([name, isHostName(name)]).toEqual([name, true]);
  for (const [, file = ""] of text.matchAll(/\]\(([^)#:]+)\)/g))
    expect([file, existsSync(path.join(docs, file))]).toEqual([file, true]);
  for (const page of pages)
    expect(readFileSync(path.join(docs, page), "utf8").split("\n").length).toBeLessThan(100);
});
