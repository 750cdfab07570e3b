import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** Stops Java's compilation at the first tier: for such a short run, better optimization isn't worth its cost. */
const JAVA = ["-Xmx1g", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/**
 * Returns the Nu validator's errors in HTML files and in folders of them, one line each. Starting the validator takes
 * longer than a few hundred pages, so call this once for all folders of a test file. @throws Error without Java.
 */
export function htmlErrors(...folders: readonly string[]): string[] {
  if (!hasJava())
    throw new Error("Java is missing: install default-jre-headless, the HTML checker runs on it");
  const { resolve } = createRequire(import.meta.url);
  const jar = path.join(path.dirname(resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const run = spawnSync(
    "java",
    [...JAVA, "-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", ...folders],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const { messages } = JSON.parse(run.stderr) as {
    messages: { url: string; message: string; extract?: string }[];
  };
  const nameOf = (url: string): string => {
    const file = url.replace("file:", "");
    const folder = folders.find((one) => file.startsWith(one + path.sep));
    return folders.length > 1 || folder === undefined ? file : path.relative(folder, file);
  };
  return messages.map(({ url, message, extract }) => `${nameOf(url)}: ${message} ${extract ?? ""}`);
}

function hasJava(): boolean {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
