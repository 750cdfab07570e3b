import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** Java compiles what it runs at most once: for so short a run, the better code of a second time isn't worth its making. */
const JAVA = ["-Xmx1g", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

/**
 * What the Nu validator finds in HTML files, and those of folders, one line an error. Its start costs more than some
 * hundred pages: one call for all folders of a test file. @throws Error without Java.
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
