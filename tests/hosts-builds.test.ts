/** Runs the build files for other hosts (Dockerfile, GitLab, Codeberg) step by step, without the hosts. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { git, newBlog, pushNew, runnerEnv, standInPackages } from "./support/blog-repository.ts";
import { commandEnv, root, runNode } from "./support/build.ts";
import { tempFolder, tempSiteFolder } from "./support/temp-folder.ts";
import { startCaddy } from "./support/web-servers.ts";
import { readWorkflow, runJob } from "./support/workflow-runner.ts";

const machine = tempSiteFolder();
const blog = path.join(machine, "blog");
const bare = tempFolder("remote");
const bin = path.join(machine, "bin");

beforeAll(async () => {
  standInPackages(bin);
  await newBlog(blog, "--host", "docker");
  for (const host of ["gitlab", "codeberg"]) {
    const made = await runNode([path.join(root, "src/cli/backfence.ts"), "host", host], {
      cwd: blog,
      env: {},
    });
    expect(made.status, made.output).toBe(0);
  }
  pushNew(blog, bare);
});

/** Runs a script. @returns its output. */
function sh(script: string, cwd: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", script], {
    cwd,
    encoding: "utf8",
    env: commandEnv({ ...runnerEnv(bin), CI: "true", ...env }),
  });
  expect(status, `${script}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Executes the instructions of a Dockerfile. @returns the folder that represents the last stage's root. */
function buildImage(context: string): { rootDir: string; env: Readonly<Record<string, string>> } {
  const ignored = readFileSync(path.join(context, ".dockerignore"), "utf8").split("\n").filter(Boolean);
  const stages = new Map<string, string>();
  let [rootDir, workDir] = ["", "/"];
  let env: Record<string, string> = {};
  for (const line of readFileSync(path.join(context, "Dockerfile"), "utf8").split("\n")) {
    const [instruction = "", ...words] = line.split(" ");
    if (line === "" || instruction.startsWith("#")) continue;
    if (instruction === "FROM") {
      rootDir = path.join(machine, `stage-${stages.size}`);
      workDir = "/";
      env = {};
      stages.set(words[2] ?? `stage-${stages.size}`, rootDir);
      mkdirSync(rootDir);
    } else if (instruction === "WORKDIR") {
      workDir = words[0] ?? "/";
      mkdirSync(path.join(rootDir, workDir), { recursive: true });
    } else if (instruction === "ENV") {
      for (const word of words) env[word.slice(0, word.indexOf("="))] = word.slice(word.indexOf("=") + 1);
    } else if (instruction === "ARG") env[words[0] ?? ""] = "";
    // Cache mounts are ordinary folders here.
    else if (instruction === "RUN")
      sh(line.replace(/^RUN (?:--mount=\S+ )?/, ""), path.join(rootDir, workDir), env);
    else if (instruction === "COPY") {
      const stage = /^--from=(.+)$/.exec(words[0] ?? "")?.[1];
      const [from, paths] =
        stage === undefined ? [context, words] : [stages.get(stage) ?? "", words.slice(1)];
      const target = path.join(rootDir, path.resolve(workDir, paths.at(-1) ?? ""));
      const isInFolder = paths.at(-1)?.endsWith("/") ?? false;
      for (const pattern of paths.slice(0, -1))
        for (const name of pattern === "."
          ? readdirSync(from)
          : globSync(pattern.replace(/^\//, ""), { cwd: from }))
          if (!(stage === undefined && ignored.some((one) => path.matchesGlob(name, one))))
            cpSync(
              path.join(from, name),
              isInFolder || pattern === "." ? path.join(target, path.basename(name)) : target,
              {
                recursive: true,
                verbatimSymlinks: true,
              },
            );
    } else throw new Error(`An instruction of another kind: ${line}`);
  }
  return { rootDir, env };
}

test("the Dockerfile builds the blog, and its server serves it with headers and compression", async () => {
  const { rootDir, env } = buildImage(blog);
  expect(env).toEqual({ BLOG_ADDRESS: ":80", BLOG_ROOT: "/srv/blog/dist" });
  const server = await startCaddy(path.join(rootDir, "etc/caddy/Caddyfile"), rootDir, {
    BLOG_ROOT: path.join(rootDir, env["BLOG_ROOT"] ?? ""),
  });
  try {
    const page = await fetch(`${server.origin}/posts/hello/`, { headers: { "accept-encoding": "br" } });
    expect([page.status, page.headers.get("content-encoding")]).toEqual([200, "br"]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(await page.text()).toContain("Hello");
    expect((await fetch(`${server.origin}/nothing/`)).status).toBe(404);
  } finally {
    await server.close();
  }
  expect(existsSync(path.join(rootDir, "srv/blog/node_modules"))).toBe(false);
}, 600_000);

const gitlabSchema = z.object({
  variables: z.record(z.string(), z.string()),
  pages: z.object({
    before_script: z.array(z.string()),
    script: z.array(z.string()),
    cache: z.array(z.object({ paths: z.array(z.string()) })),
    pages: z.object({ publish: z.string() }),
  }),
});

test("the GitLab job builds and compresses the blog, and a second run takes everything from the cache", () => {
  const runner = path.join(machine, "gitlab");
  const kept = path.join(machine, "gitlab.tar");
  for (const time of ["first", "second"]) {
    rmSync(runner, { recursive: true, force: true });
    git(machine, "clone", "-q", bare, "gitlab");
    const job = gitlabSchema.parse(parse(readFileSync(path.join(runner, ".gitlab-ci.yml"), "utf8")));
    if (existsSync(kept)) sh(`tar xf "${kept}"`, runner);
    const log = sh([...job.pages.before_script, ...job.pages.script].join("\n"), runner, job.variables);
    expect(log).toMatch(time === "first" ? /Built [1-9]\d* files\./ : /Built 0 files \(unchanged: [1-9]/);
    const site = path.join(runner, job.pages.pages.publish);
    for (const file of [
      "index.html",
      "index.html.br",
      "index.html.gz",
      "rss.xml.gz",
      "404.html",
      "_redirects",
    ])
      expect([time, file, existsSync(path.join(site, file))]).toEqual([time, file, true]);
    const cached = job.pages.cache
      .flatMap(({ paths }) => paths)
      .filter((one) => existsSync(path.join(runner, one)));
    expect(cached).toContain(".build-cache/");
    // This archive format stores timestamps in whole seconds, like GitLab's.
    sh(`tar --format=gnu -cf "${kept}" ${cached.join(" ")}`, runner);
  }
}, 600_000);

test("the Codeberg job fetches the blog, builds it and pushes the pages branch", async () => {
  const runner = path.join(machine, "codeberg");
  mkdirSync(runner);
  const values = {
    "github.server_url": path.dirname(bare),
    "github.repository": path.basename(bare),
    "github.sha": git(bare, "rev-parse", "main").trim(),
    "secrets.PAGES_TOKEN": "secret",
  };
  // The job appends .git to the repository's URL.
  git(path.dirname(bare), "clone", "-q", "--bare", bare, `${path.basename(bare)}.git`);
  const workflow = readWorkflow(path.join(blog, ".forgejo/workflows/publish.yml"));
  const env = commandEnv({ ...runnerEnv(bin), CI: "true" });
  const { log } = await runJob(workflow, "publish", {
    cwd: runner,
    env,
    values,
    work: tempFolder("codeberg"),
  });
  expect(log).not.toContain("secret");
  const remote = `${bare}.git`;
  expect(git(remote, "show", "pages:posts/hello/index.html")).toContain("Hello");
  expect(git(remote, "ls-tree", "--name-only", "pages")).toContain("_redirects");
  rmSync(remote, { recursive: true });
}, 600_000);
