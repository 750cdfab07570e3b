import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { hostNames, isHostName } from "./hosts.ts";
import { packageManagerOf } from "./package-manager.ts";
import { hostFiles } from "./project-files.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const docs = path.join(root, "docs/publish");
const project = {
  templatesDir: path.join(root, "templates"),
  url: "https://me.example/blog/",
  folderName: "My Blög",
  isPulling: true,
  manager: packageManagerOf("/nowhere", {}),
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

describe.each(["pnpm/12.21.0", "pnpm/?", "yarn/1.22.22", "yarn/4.18.1", "bun/1.4.5"])("with %s", (agent) => {
  const manager = packageManagerOf("/nowhere", { npm_config_user_agent: agent });

  test.each(hostNames)(
    "no file of %s has a command of npm left, except the one that installs another",
    (name) => {
      for (const [file, text] of hostFiles(name, { ...project, manager })) {
        const rest = text.replaceAll(
          /npm install --global (?:--ignore-scripts )?(?:pnpm|bun)(?:@[\d.]+)?/g,
          "",
        );
        expect(rest, file).not.toMatch(/\bnpm\b|\bnpx\b|package-lock/);
        if (file.endsWith(".json")) JSON.parse(text);
        if (file.endsWith(".yml")) expect(parse(text)).toBeTypeOf("object");
      }
    },
  );
});

test("packages are installed from the lock file and a cache, with the commands of each package manager", () => {
  const installs = (agent: string) => {
    const manager = packageManagerOf("/nowhere", { npm_config_user_agent: agent });
    const textOf = (host: "gitlab" | "docker" | "github", file: string) =>
      hostFiles(host, { ...project, manager }).get(file) ?? "";
    return {
      gitlab: textOf("gitlab", ".gitlab-ci.yml").match(
        /files: .*|paths: \[\.[np].*|- .*(?:install|corepack|npm ci).*/g,
      ),
      docker: textOf("docker", "Dockerfile").match(/^(?:COPY package|RUN .*(?:npm ci|install )).*/gm),
      github: textOf("github", ".github/workflows/publish.yml").match(
        /cache: \w+|path: ~.*|run: .*(?:npm ci|install|corepack).*/g,
      ),
    };
  };
  expect(installs("npm/11.0.0")).toMatchInlineSnapshot(`
    {
      "docker": [
        "COPY package.json package-lock.json ./",
        "RUN npm ci --ignore-scripts",
        "RUN --mount=type=cache,target=/blog/node_modules/.astro npm run build && npx --no-install backfence host --built",
      ],
      "github": [
        "cache: npm",
        "run: npm ci --ignore-scripts",
        "run: npx --no-install astro build",
        "cache: npm",
        "run: npm ci --ignore-scripts",
      ],
      "gitlab": [
        "files: [package-lock.json]",
        "paths: [.npm/]",
        "- npm ci --ignore-scripts --cache .npm --prefer-offline",
        "- npx --no-install backfence host --built",
      ],
    }
  `);
  expect(installs("pnpm/12.21.0")).toMatchInlineSnapshot(`
    {
      "docker": [
        "COPY package.json pnpm-*.yaml ./",
        "RUN npm install --global --ignore-scripts pnpm@12.21.0 && pnpm install --frozen-lockfile --ignore-scripts",
      ],
      "github": [
        "run: npm install --global --ignore-scripts pnpm@12.21.0",
        "cache: pnpm",
        "run: pnpm install --frozen-lockfile --ignore-scripts",
        "run: npm install --global --ignore-scripts pnpm@12.21.0",
        "cache: pnpm",
        "run: pnpm install --frozen-lockfile --ignore-scripts",
      ],
      "gitlab": [
        "files: [pnpm-lock.yaml]",
        "paths: [.packages/]",
        "- npm install --global --ignore-scripts pnpm@12.21.0",
        "- pnpm install --frozen-lockfile --ignore-scripts --store-dir .packages",
      ],
    }
  `);
  expect(installs("yarn/1.22.22")).toMatchInlineSnapshot(`
    {
      "docker": [
        "COPY package.json yarn.lock ./",
        "RUN yarn install --frozen-lockfile --ignore-scripts",
      ],
      "github": [
        "cache: yarn",
        "run: yarn install --frozen-lockfile --ignore-scripts",
        "cache: yarn",
        "run: yarn install --frozen-lockfile --ignore-scripts",
      ],
      "gitlab": [
        "files: [yarn.lock]",
        "paths: [.packages/]",
        "- yarn install --frozen-lockfile --ignore-scripts --cache-folder .packages",
      ],
    }
  `);
  expect(installs("yarn/4.18.1")).toMatchInlineSnapshot(`
    {
      "docker": [
        "COPY package.json yarn.lock .yarnrc.yml ./",
        "RUN corepack enable && yarn install --immutable --mode=skip-build",
      ],
      "github": [
        "run: corepack enable",
        "cache: yarn",
        "run: yarn install --immutable --mode=skip-build",
        "run: corepack enable",
        "cache: yarn",
        "run: yarn install --immutable --mode=skip-build",
      ],
      "gitlab": [
        "files: [yarn.lock]",
        "paths: [.packages/]",
        "- corepack enable",
        "- YARN_CACHE_FOLDER=.packages yarn install --immutable --mode=skip-build",
      ],
    }
  `);
  expect(installs("bun/1.4.5")).toMatchInlineSnapshot(`
    {
      "docker": [
        "COPY package.json bun.lock* ./",
        "RUN npm install --global bun@1.4.5 && bun install --frozen-lockfile --ignore-scripts",
        "RUN --mount=type=cache,target=/blog/node_modules/.astro bun run build && bunx --no-install backfence host --built",
      ],
      "github": [
        "run: npm install --global bun@1.4.5",
        "path: ~/.bun/install/cache",
        "run: bun install --frozen-lockfile --ignore-scripts",
        "run: bunx --no-install astro build",
        "run: npm install --global bun@1.4.5",
        "path: ~/.bun/install/cache",
        "run: bun install --frozen-lockfile --ignore-scripts",
      ],
      "gitlab": [
        "files: [bun.lock]",
        "paths: [.packages/]",
        "- npm install --global bun@1.4.5",
        "- bun install --frozen-lockfile --ignore-scripts --cache-dir .packages",
        "- bunx --no-install backfence host --built",
      ],
    }
  `);
});

test("the files contain the blog's domain and name", () => {
  expect(hostFiles("caddy", project).get("host/Caddyfile")).toContain("{$BLOG_ADDRESS:me.example} {");
  expect(hostFiles("nginx", project).get("host/nginx.conf")).toContain("server_name me.example;");
  expect(hostFiles("cloudflare", project).get("wrangler.json")).toContain('"name": "my-blog"');
});

test("the workflow that pulls responses is only written if a service is configured", () => {
  const file = ".github/workflows/pull-responses.yml";
  expect(hostFiles("github", project).has(file)).toBe(true);
  expect(hostFiles("github", { ...project, isPulling: false }).has(file)).toBe(false);
  expect([...hostFiles("netlify", project).keys()]).toEqual([
    "netlify.toml",
    ".github/workflows/scheduled-publish.yml",
    file,
  ]);
});

test("every host has a page in the documentation, and the commands and links of these pages are valid", () => {
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
