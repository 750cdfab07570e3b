import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { generatedFiles } from "../generated-files.ts";
import { errorMessages, messagesIn } from "./error-messages.ts";
import { parseSources } from "./possible-texts.ts";
import { adviceForNothing, TOPICS, troubleshootingTable, withoutAdvice } from "./troubleshooting.ts";

const root = path.resolve(import.meta.dirname, "../..");
const messages = errorMessages(root);

function found(text: string): readonly string[] {
  return messagesIn(parseSources(new Map([["a.ts", text]]))).map(({ message }) => message);
}

test("schemas and reference are up to date with the code: npm run schemas", async () => {
  for (const { file, text } of await generatedFiles(root, messages)) {
    expect(text, file).toBe(readFileSync(path.join(root, file), "utf8"));
  }
});

describe("messages are extracted from the code", () => {
  test("in literals, templates and conditionals", () => {
    expect(found('throw new AuthorError([{ file, message: "It is gone", hint: "Put it back." }]);')).toEqual([
      "It is gone",
    ]);
    expect(found("const issue = { message: `The ${kind} is gone`, file, hint };")).toEqual(["The … is gone"]);
    expect(found('const issue = { message: isBig ? "Too big" : "Too small", hint };')).toEqual([
      "Too big",
      "Too small",
    ]);
  });

  test("when a function gets them as parameters", () => {
    const code = `
      function fail(message: string, hint: string) { return { message, file, hint }; }
      fail("No such file", "Write it."); fail(\`Lost \${name}\`, "Correct it.");
    `;
    expect(found(code)).toEqual(["No such file", "Lost …"]);
    expect(found("const issue = { message: said(), hint }; function said() { return `Lost ${a}`; }")).toEqual(
      ["Lost …"],
    );
  });

  test("in usage errors", () => {
    expect(found('throw new UsageError("--md needs a value")')).toEqual(["--md needs a value"]);
  });
});

describe("the pages that explain messages", () => {
  test("list every error message", () => {
    expect(messages.length).toBeGreaterThan(250);
    const pages = TOPICS.map(({ page }) => troubleshootingTable(messages, page));
    for (const { message, file } of messages) {
      const cell = message.replaceAll("|", "\\|");
      expect(
        pages.some((page) => page.includes(cell)),
        `${file}: ${message}`,
      ).toBe(true);
    }
  });

  test("have advice for each message", () => {
    expect(withoutAdvice(messages)).toEqual([]);
  });

  test("don't list messages that no longer exist", () => {
    expect(adviceForNothing(messages)).toEqual([]);
  });
});
