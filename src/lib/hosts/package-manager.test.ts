import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { packageManagerOf, withCommandsOf } from "./package-manager.ts";

const NPX = { npm_config_user_agent: "npm/11.19.1 node/v24.21.0 linux x64 workspaces/false" };

function found(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder("manager");
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const { kind, version, isPinned } = packageManagerOf(folder, env);
  return [kind, version, isPinned];
}

test.each([
  ["npm/11.19.1 node/v24.21.0 linux x64 workspaces/false", "npm", "11.19.1"],
  ["pnpm/12.21.0 npm/? node/v24.21.0 linux x64", "pnpm", "12.21.0"],
  ["yarn/1.22.22 npm/? node/v24.21.0 linux x64", "yarn", "1.22.22"],
  ["yarn/4.18.1 npm/? node/v24.21.0 linux x64", "yarn-berry", "4.18.1"],
  ["bun/1.4.5 npm/? node/v24.3.0 linux x64", "bun", "1.4.5"],
  ["deno/3.0.0", "npm", null],
])("%j is %s", (agent, kind, version) => {
  expect(found({}, { npm_config_user_agent: agent })).toEqual([kind, version, false]);
});

test("a lock file takes precedence over the running package manager", () => {
  expect(found({ "pnpm-lock.yaml": "" }, NPX)).toEqual(["pnpm", null, false]);
  expect(found({ "yarn.lock": "" }, NPX)).toEqual(["yarn", null, false]);
  expect(found({ "yarn.lock": "", ".yarnrc.yml": "" }, NPX)).toEqual(["yarn-berry", null, false]);
  expect(found({ "bun.lock": "" }, NPX)).toEqual(["bun", null, false]);
  expect(found({ "bun.lockb": "" }, NPX)).toEqual(["bun", null, false]);
  expect(found({ "package-lock.json": "" }, { npm_config_user_agent: "pnpm/12.21.0" })).toEqual([
    "npm",
    null,
    false,
  ]);
  expect(found({ "pnpm-lock.yaml": "" }, { npm_config_user_agent: "pnpm/12.21.0" })).toEqual([
    "pnpm",
    "12.21.0",
    false,
  ]);
});

test("`packageManager` in package.json takes precedence; an invalid value is ignored", () => {
  const manifest = (value: unknown) => ({ "package.json": JSON.stringify({ packageManager: value }) });
  expect(found({ ...manifest("pnpm@12.21.0+sha512.ab12"), "yarn.lock": "" }, NPX)).toEqual([
    "pnpm",
    "12.21.0",
    true,
  ]);
  expect(found(manifest("yarn@4.18.1"))).toEqual(["yarn-berry", "4.18.1", true]);
  expect(found(manifest("yarn@1.22.22"))).toEqual(["yarn", "1.22.22", true]);
  expect(found(manifest(7))).toEqual(["npm", null, false]);
  expect(found({ "package.json": "{" })).toEqual(["npm", null, false]);
});

test("a version can't inject a command into a workflow", () => {
  const manifest = JSON.stringify({ packageManager: "pnpm@1.0.0;curl evil" });
  const folder = tempFolder("manager");
  writeFileSync(path.join(folder, "package.json"), manifest);
  expect(withCommandsOf(packageManagerOf(folder, {}), "RUN npm ci --ignore-scripts")).toBe(
    "RUN npm install --global --ignore-scripts pnpm && pnpm install --frozen-lockfile --ignore-scripts",
  );
});

test.each([
  ["npm/1.0.0", "npm run build && npx --no-install backfence host --built", "npm run dev -- --host"],
  ["pnpm/12.0.0", "pnpm run build && pnpm exec backfence host --built", "pnpm run dev --host"],
  ["yarn/1.22.22", "yarn run build && yarn --silent run backfence host --built", "yarn run dev --host"],
  ["yarn/4.18.1", "yarn run build && yarn run backfence host --built", "yarn run dev --host"],
  ["bun/1.4.5", "bun run build && bunx --no-install backfence host --built", "bun run dev --host"],
])("%s: scripts and programs are run as it does", (agent, build, dev) => {
  const manager = packageManagerOf(tempFolder("manager"), { npm_config_user_agent: agent });
  expect(withCommandsOf(manager, "npm run build && npx --no-install backfence host --built")).toBe(build);
  expect(withCommandsOf(manager, "npm run dev -- --host")).toBe(dev);
});
