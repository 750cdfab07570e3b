import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { parseTestScript, runTestScript } from "./testscript.ts";

const NOW = new Date("2026-05-01T10:00:00Z");
const scripts = path.join(import.meta.dirname, "scripts");

describe.each(readdirSync(scripts))("%s", (file) => {
  const script = parseTestScript(readFileSync(path.join(scripts, file), "utf8"));

  test(script.name, async () => {
    const folder = tempFolder("cli");
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: path.join(folder, "gitconfig"),
      GIT_CEILING_DIRECTORIES: path.dirname(folder),
      TZ: "UTC",
    };
    await runTestScript(script, folder, env, NOW);
  });
});
