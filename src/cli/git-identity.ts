import { spawnSync } from "node:child_process";

/** Name and email address that git would commit with; null if not configured, or if git isn't installed. */
export interface GitIdentity {
  readonly name: string | null;
  readonly email: string | null;
}

/** @param folder working directory for `git config`, absolute. */
export function gitIdentity(folder: string, env: Readonly<Record<string, string | undefined>>): GitIdentity {
  return { name: read("user.name"), email: read("user.email") };

  function read(key: string): string | null {
    const { status, stdout } = spawnSync("git", ["config", "--get", key], {
      cwd: folder,
      env,
      encoding: "utf8",
      timeout: 5_000,
    });
    const value = status === 0 ? stdout.trim() : "";
    return value === "" ? null : value;
  }
}
