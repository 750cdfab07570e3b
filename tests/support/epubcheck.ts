import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Path of the jar in Debian's package. */
const EPUBCHECK = "/usr/share/java/epubcheck.jar";

/** Returns the warnings and errors of EPUBCheck (Debian's package `epubcheck`) for a book; empty for a valid book. */
export async function epubFaults(file: string): Promise<readonly string[]> {
  const { stdout, stderr } = await promisify(execFile)(
    "java",
    ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", EPUBCHECK, file],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: unknown) => {
    // EPUBCheck exits with an error when it finds one; when it isn't installed, there is no output.
    if (
      error instanceof Error &&
      "stderr" in error &&
      "stdout" in error &&
      "code" in error &&
      error.code === 1
    )
      return { stdout: String(error.stdout), stderr: String(error.stderr) };
    throw error;
  });
  const lines = `${stdout}\n${stderr}`.split("\n");
  return lines
    .filter((line) => /^(?:FATAL|ERROR|WARNING)\b/.test(line))
    .map((line) => line.replace(file, "").replace(/; expected .*/, ""));
}
