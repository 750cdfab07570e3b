import { expect, test } from "vitest";
import { packageManager } from "./package-manager.ts";

test.each([
  ["npm/11.19.1 node/v24.21.0 linux x64 workspaces/false", "npm"],
  ["pnpm/12.21.0 npm/? node/v24.21.0 linux x64", "pnpm"],
  ["yarn/1.22.22 npm/? node/v24.21.0 linux x64", "yarn"],
  ["bun/1.4.5 npm/? node/v24.3.0 linux x64", "bun"],
  ["deno/3.0.0", "npm"],
  [undefined, "npm"],
])("%j is %s", (agent, manager) => {
  expect(packageManager({ npm_config_user_agent: agent })).toBe(manager);
});
