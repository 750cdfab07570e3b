import { spawn } from "node:child_process";

/** The receiver's own settings, tokens among them, are nothing for a build. */
function withoutSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("RECEIVER_")));
}

/**
 * Runs a shell command of the operator's after commits, such as a build: one at a time, once more for commits that
 * came while it ran.
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
      stdio: ["ignore", "ignore", "pipe"],
    });
    let problem = "";
    child.stderr.on("data", (part: Buffer) => {
      problem = (problem + part.toString("utf8")).slice(-2000);
    });
    const end = (what: string): void => {
      if (!isRunning) return;
      isRunning = false;
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
