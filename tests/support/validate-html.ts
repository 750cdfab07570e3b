import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

/** What the Nu validator finds in the HTML files of a folder, one line an error. @throws Error without Java. */
export function htmlErrors(folder: string): string[] {
  if (!hasJava())
    throw new Error("Java is missing: install default-jre-headless, the HTML checker runs on it");
  const { resolve } = createRequire(import.meta.url);
  const jar = path.join(path.dirname(resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const run = spawnSync(
    "java",
    ["-Xmx1g", "-jar", jar, "--errors-only", "--format", "json", "--skip-non-html", folder],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const { messages } = JSON.parse(run.stderr) as {
    messages: { url: string; message: string; extract?: string }[];
  };
  return messages.map(
    ({ url, message, extract }) =>
      `${path.relative(folder, url.replace("file:", ""))}: ${message} ${extract ?? ""}`,
  );
}

function hasJava(): boolean {
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
