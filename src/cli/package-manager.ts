/** Package managers that name themselves to the programs they start. */
const MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof MANAGERS)[number];

/**
 * The package manager that runs this program, from the variable that all four set: `pnpm/12.21.0 npm/? node/v24.21.0`.
 * npm when there is none.
 */
export function packageManager(env: Readonly<Record<string, string | undefined>>): PackageManager {
  const name = env["npm_config_user_agent"]?.split("/")[0];
  return MANAGERS.find((known) => known === name) ?? "npm";
}
