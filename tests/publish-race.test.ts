/** Several builds that publish into one folder at the same time. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./support/build.ts";
import { tempFolder } from "./support/temp-folder.ts";

const SCRIPT = `
import { mkdirSync, writeFileSync } from "node:fs";
import { publish } from ${JSON.stringify(path.join(root, "src/integration/publish.ts"))};
const [id, folder] = process.argv.slice(1);
for (let count = 0; count < 150; count += 1) {
  const from = folder + "/staging-" + id;
  mkdirSync(from, { recursive: true });
  writeFileSync(from + "/page", id);
  publish(from, folder + "/dist");
}
`;

test("sites that are published at the same time replace each other completely", async () => {
  const folder = tempFolder("publish");
  const ended = ["one", "two", "three"].map(async (id) => {
    const args = ["--input-type=module-typescript", "--eval", SCRIPT, id, folder];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const [code]: unknown[] = await once(child, "close");
    return { code, said };
  });
  for (const { code, said } of await Promise.all(ended)) expect(code, said).toBe(0);
  expect(["one", "two", "three"]).toContain(readFileSync(path.join(folder, "dist/page"), "utf8"));
  for (const id of ["one", "two", "three"])
    expect(existsSync(path.join(folder, `staging-${id}`))).toBe(false);
});
