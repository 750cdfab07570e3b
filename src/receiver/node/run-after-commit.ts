import { spawn, type ChildProcess } from "node:child_process";

const HAS_GROUPS = process.platform !== "win32";

/** Terminates a command and its child processes. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!HAS_GROUPS) {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch (error) {
    // The process has already exited.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Removes the receiver's settings, which include tokens, from the command's environment. */
function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("RECEIVER_")));
}

/**
 * Runs a shell command of the operator, such as a build, after commits: one run at a time, and another one for commits
 * made meanwhile. The command has its own process group, so that Ctrl+C doesn't interrupt it, but it's terminated if
 * it's still running when this process exits.
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
