/** Usage errors with every command and every option: each is a message and exit code 2, never a stack trace. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { DeclaredCommand } from "../../src/cli/args/define-command.ts";
import { commands } from "../../src/cli/commands.ts";
import type { Command } from "../../src/cli/responses/command.ts";
import { runBackfence } from "../../src/cli/run-backfence.ts";
import { tempFolder } from "../support/temp-folder.ts";

const folder = tempFolder("options");

beforeAll(() => {
  mkdirSync(path.join(folder, "content"));
  writeFileSync(path.join(folder, "content/site.yaml"), "title: A blog\ntimeZone: UTC\n");
});

async function fails(...args: readonly string[]): Promise<string> {
  let [out, err] = ["", ""];
  const code = await runBackfence(args, {
    root: folder,
    env: {},
    now: () => new Date("2026-05-01T10:00:00Z"),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  expect([args, code, out], err).toEqual([args, 2, ""]);
  expect(err).not.toMatch(/^\s+at /m);
  expect(err).toContain("--help\n");
  return err;
}

function isDeclared(command: Command): command is DeclaredCommand {
  return "declaration" in command;
}

/** Required arguments of a command in addition to a folder. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { host: ["caddy"], export: ["--format", "jf2"] };

const loaded = await Promise.all(
  Object.entries(commands).map(async ([name, { load }]) => ({ name, ...(await load()) })),
);
const declared = loaded.flatMap(({ name, command }) =>
  isDeclared(command) ? [{ name, ...command.declaration }] : [],
);
const ofResponses = ["pull", "moderate", "send", "verify", "discover", "verify-accounts"];
const every = [
  ["ping"],
  ...declared.map(({ name }) => [name]),
  ...ofResponses.map((name) => ["responses", name]),
];

test("every command is tested", () => {
  const rest = loaded.map(({ name }) => name).filter((name) => !declared.some((one) => one.name === name));
  expect(rest.sort()).toEqual(["ping", "responses"]);
  expect(loaded.find(({ name }) => name === "responses")?.command.help).toContain("verify-accounts");
});

describe.each(declared)("$name", ({ name, options, positionals }) => {
  test.each(Object.entries(options))("--%s", async (option, spec) => {
    const words = Array.from({ length: positionals.min }, () => "word");
    const typo = `${option.slice(0, -1)}${option.at(-1) === "x" ? "y" : "x"}`;
    expect(await fails(name, ...words, `--${typo}`)).toContain(`There is no option --${typo}`);
    if (spec.type === "boolean") {
      expect(await fails(name, ...words, `--${option}=yes`)).toContain(`--${option} takes no value`);
      return;
    }
    expect(await fails(name, ...words, `--${option}`)).toContain(`--${option} needs a value`);
    expect(await fails(name, ...words, `--${option}=`)).toContain(`--${option} needs a value`);
    expect(await fails(name, ...words, `--${option}`, "--verbose")).toContain(`--${option} needs a value`);
    if (spec.choices !== undefined)
      expect(await fails(name, ...words, `--${option}`, "nonsense")).toContain(
        `--${option} can't be "nonsense"`,
      );
    if (option === "content" && name !== "receive")
      expect(await fails(name, ...words, ...(NEEDED[name] ?? []), "--content", "nowhere")).toContain(
        "There is no folder nowhere/ here",
      );
  });

  test("too many and too few arguments", async () => {
    const words = Array.from({ length: Math.min(positionals.max, 300) + 1 }, () => "word");
    if (positionals.max < 300) expect(await fails(name, ...words)).toContain('"word" is one word too many');
    if (positionals.min > 0) expect(await fails(name)).toContain(`Something is missing after "${name}"`);
  });
});

test.each(every)("%s %s: an unknown option", async (...names) => {
  const words = names.filter((name) => name !== undefined);
  expect(await fails(...words, "--nonsense")).toContain("There is no option --nonsense");
  expect(await fails(...words, "-x")).toContain("There is no option -x");
});

test.each(ofResponses)("responses %s: a missing folder, an option without its value", async (name) => {
  const words = name === "discover" ? ["https://me.example/"] : [];
  expect(await fails("responses", name, ...words, "--content")).toContain("--content needs a value");
  expect(await fails("responses", name, ...words, "--jsn")).toContain(
    "There is no option --jsn. Did you mean --json?",
  );
  if (name !== "discover")
    expect(await fails("responses", name, "--content", "nowhere")).toContain(
      "There is no folder nowhere/ here",
    );
});
