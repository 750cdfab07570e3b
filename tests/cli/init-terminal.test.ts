import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { inTerminal } from "./in-terminal.ts";

test("init asks questions in a terminal, and repeats a question after an invalid answer", async () => {
  const folder = tempFolder("init");
  const env = { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", GIT_CONFIG_GLOBAL: "/dev/null", NO_COLOR: "1" };
  const { shown, code } = await inTerminal(
    ["init", "blog"],
    [
      ["Title of the blog", "Over there\r"],
      ["Its address", "not an address\r"],
      ["isn't the address of a website", ""],
      ["Its address", "me.example/blog\r"],
      ["Its language", "\r"],
      ["Time zone", "\r"],
      ["Your name", "Ada\r"],
      ["How can readers respond", "email\r"],
      ["Your public email", "ada@me.example\r"],
    ],
    { cwd: folder, env },
  );
  expect(shown).toContain("cd blog && npm install");
  expect(code).toBe(0);
  expect(readFileSync(path.join(folder, "blog/content/site.yaml"), "utf8")).toMatch(
    /title: Over there\n[^]*url: https:\/\/me.example\/blog\/\n[^]*lang: de\ntimeZone: Asia\/Tokyo\n[^]*replyEmail: ada@me.example/,
  );
  expect(existsSync(path.join(folder, "blog/content/authors/ada.yaml"))).toBe(true);
});

test.each([
  ["Ctrl+C", "\u0003"],
  ["Ctrl+D", "\u0004"],
])("%s at a question leaves nothing behind", async (_, key) => {
  const folder = tempFolder("init");
  const { shown, code } = await inTerminal(["init"], [["Title of the blog", key]], { cwd: folder });
  expect(shown).toContain("Stopped; nothing was written.");
  expect(code).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});
