import { spawn, type ChildProcess } from "node:child_process";

const HAS_GROUPS = process.platform !== "win32";

/** Ends a command with the programs that it has started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!HAS_GROUPS) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch (error) {
    // It has just ended by itself.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** The receiver's own settings, tokens among them, are nothing for a build. */
function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("RECEIVER_")));
}

/**
 * Runs a shell command of the operator's after commits, such as a build: one at a time, once more for commits that
 * came while it ran. It has a process group of its own, so that Ctrl+C lets it finish; a process that ends at once takes
 * it along.
 */
export function runAfterCommit(
  command: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): () => void {
  let isRunning = false;
  let isDue = false;
  const start = (): void => {
    isDue = false;
    isRunning = true;
    const child = spawn(command, {
      cwd,
      env: withoutSecrets(env),
      shell: true,
      detached: HAS_GROUPS,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const kill = () => killGroup(child);
    process.once("exit", kill);
    let problem = "";
    child.stderr.on("data", (part: Buffer) => {
      problem = (problem + part.toString("utf8")).slice(-2000);
    });
    const end = (what: string): void => {
      if (!isRunning) return;
      isRunning = false;
      process.off("exit", kill);
      if (what !== "") log(`${command}: ${what}`);
      if (isDue) start();
    };
    child.once("error", (error) => end(error.message));
    child.once("close", (code) => end(code === 0 ? "" : `exit code ${code ?? "none"}. ${problem.trim()}`));
  };
  return () => {
    isDue = true;
    if (!isRunning) start();
  };
}
