import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { hashOf } from "../cache/file-cache.ts";

let version: string | null = null;

/** Hash of the code that renders bodies; part of the cache key, so that a new version invalidates the cache. */
export function markupVersion(): string {
  version ??= hashOf(...sources(), ...packages());
  return version;
}

function sources(): string[] {
  const here = import.meta.dirname;
  return [here, path.join(here, "..", "images"), path.join(here, "..", "..", "i18n")].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name))
      .sort()
      .flatMap((name) => [name.replaceAll("\\", "/"), readFileSync(path.join(folder, name), "utf8")]),
  );
}

/** The package.json files, which contain the versions, of the packages whose output is part of the HTML. */
function packages(): string[] {
  return [
    "satteri",
    "lowlight",
    "shiki",
    "katex",
    "beautiful-mermaid",
    "gemoji",
    "hast-util-to-html",
    "github-slugger",
  ].map((name) => {
    const entry = fileURLToPath(import.meta.resolve(name));
    const folder = entry.slice(0, entry.lastIndexOf(`${path.sep}${name}${path.sep}`) + name.length + 2);
    return readFileSync(path.join(folder, "package.json"), "utf8");
  });
}
