import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

const module = path.join(import.meta.dirname, "unfinished-build.ts");

/** Runs a build's steps in a separate process. */
function run(steps: string): { readonly status: number | null; readonly out: string; readonly err: string } {
  const script = `import { failWhenUnfinished } from ${JSON.stringify(module)};
const published = failWhenUnfinished(300);
const build = async () => { ${steps} published(); console.log("published"); };
void build();`;
  const args = ["--input-type=module-typescript", "--eval", script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

test("a build whose process ends too early fails with a message", () => {
  const { status, out, err } = run("await new Promise(() => {});");
  expect(status).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("The build stopped before it was finished");
});

test("a build waits for work that doesn't keep the process alive", () => {
  const { status, out, err } = run("await new Promise((resolve) => setTimeout(resolve, 100).unref());");
  expect({ status, out, err }).toEqual({ status: 0, out: "published\n", err: "" });
});

test("a finished build ends at once", () => {
  expect(run("").status).toBe(0);
});
