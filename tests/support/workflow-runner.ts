/** Runs the scripts of a workflow's job as GitHub does; steps that use an action are skipped. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { resultOf, type CommandResult } from "./build.ts";

const stepSchema = z.object({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
});
const jobSchema = z.object({
  needs: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  outputs: z.record(z.string(), z.string()).default({}),
  steps: z.array(stepSchema).default([]),
});
const workflowSchema = z.object({
  env: z.record(z.string(), z.string()).default({}),
  jobs: z.record(z.string(), jobSchema),
});

export type Workflow = z.infer<typeof workflowSchema>;

export function readWorkflow(file: string): Workflow {
  return workflowSchema.parse(parse(readFileSync(file, "utf8")));
}

export interface RunOptions {
  /** The checked-out repository. */
  readonly cwd: string;
  /** Environment variables of the runner. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values of expressions such as `secrets.WEBMENTION_TOKEN`; others are empty. */
  readonly values?: Readonly<Record<string, string>>;
  /** Folder for the output files of steps. */
  readonly work: string;
}

export interface JobResult {
  readonly outputs: Readonly<Record<string, string>>;
  /** Text of the log. */
  readonly log: string;
}

/** Runs a job's scripts, one after the other. @throws Error with the log when one fails. */
export async function runJob(workflow: Workflow, name: string, options: RunOptions): Promise<JobResult> {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`There is no job ${name}`);
  const values = new Map(Object.entries(options.values ?? {}));
  let log = "";
  for (const step of job.steps) {
    if (step.run === undefined || !isTrue(step.if, values)) continue;
    const file = path.join(mkdtempSync(path.join(options.work, "step-")), "output");
    writeFileSync(file, "");
    const own = Object.entries({ ...workflow.env, ...job.env, ...step.env });
    const env = Object.fromEntries(own.map(([key, text]) => [key, filled(text, values)]));
    const { status, output: said } = await bash(step.run, options.cwd, {
      ...options.env,
      ...env,
      GITHUB_OUTPUT: file,
    });
    log += said;
    if (status !== 0) throw new Error(`A step of ${name} ended with ${status}:\n${step.run}\n${log}`);
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
      if (step.id !== undefined && key !== "") values.set(`steps.${step.id}.outputs.${key}`, value);
    }
  }
  const outputs = Object.entries(job.outputs).map(([key, text]) => [key, filled(text, values)]);
  return { outputs: Object.fromEntries(outputs), log };
}

/** Whether a job's condition is true. @param outputs outputs of the jobs that it needs, by job name. */
export function isRun(
  workflow: Workflow,
  name: string,
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): boolean {
  const needed = Object.entries(outputs).flatMap(([job, values]) =>
    Object.entries(values).map(([key, value]) => [`needs.${job}.outputs.${key}`, value] as const),
  );
  return isTrue(workflow.jobs[name]?.if, new Map(needed));
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => values.get(name) ?? "");
}

/** Evaluates the only kind of condition that the workflows use. @throws Error for any other. */
function isTrue(condition: string | undefined, values: ReadonlyMap<string, string>): boolean {
  if (condition === undefined) return true;
  const [, name, sign, text] = /^([\w.]+) (==|!=) '([^']*)'$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`A condition of another kind: ${condition}`);
  return (values.get(name) === text) === (sign === "==");
}

function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandResult> {
  return resultOf(spawn("bash", ["-e", "-c", script], { cwd, env }));
}
