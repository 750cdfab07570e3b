import { spawnSync } from "node:child_process";

/** Name and e-mail that git would sign with; null where it has none, or where there is no git. */
export interface GitIdentity {
  readonly name: string | null;
  readonly email: string | null;
}

/** @param folder where git reads its configuration, absolute. */
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
