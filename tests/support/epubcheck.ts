import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Where Debian's package puts it: a jar, which not every system runs by itself. */
const EPUBCHECK = "/usr/share/java/epubcheck.jar";

/** What EPUBCheck (Debian's package `epubcheck`) says of a book, from hints on; empty for a book without faults. */
export async function epubFaults(file: string): Promise<readonly string[]> {
  const { stdout, stderr } = await promisify(execFile)(
    "java",
    ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", EPUBCHECK, file],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  ).catch((error: unknown) => {
    // It ends with an error when it finds one; without the program there is no output.
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
