import fc from "fast-check";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { locateJson } from "./json-lines.ts";
import type { PostResponse } from "./model.ts";
import { parseResponseFile } from "./record.ts";
import { serializeResponses, writeResponses } from "./store.ts";

const FILE = "content/responses/hello.json";

function sample(id: number, changes: Partial<PostResponse> = {}): PostResponse {
  return {
    type: "entry",
    "wm-id": id,
    status: "approved",
    author: { type: "card", name: "Ada Lovell", url: "https://ada.example/" },
    url: `https://ada.example/notes/${id}`,
    published: "2026-05-11T09:30:00Z",
    content: { text: "I had the same with our choir." },
    "wm-source": `https://ada.example/notes/${id}`,
    "wm-target": "https://backfence.example/posts/hello/",
    "wm-protocol": "webmention",
    "wm-property": "in-reply-to",
    "wm-received": "2026-05-11T09:31:10Z",
    ...changes,
  };
}

/** Returns a stored file whose second record was edited by hand. */
function withSecond(change: (text: string) => string): string {
  const text = serializeResponses([sample(1), sample(2, { published: "2026-05-12T09:30:00Z" })]);
  const split = text.lastIndexOf('    {\n      "type": "entry"');
  return text.slice(0, split) + change(text.slice(split));
}

describe("a response file", () => {
  test("is parsed as it was stored", () => {
    const records = [sample(1), sample(2, { published: "2026-05-12T09:30:00Z", "in-reply-to": "1" })];
    const { records: back, issues } = parseResponseFile(serializeResponses(records), FILE);
    expect(issues).toEqual([]);
    expect(serializeResponses(back)).toBe(serializeResponses(records));
  });

  test("has the same bytes for any order of the records, so git diffs show only real changes", () => {
    const records = Array.from({ length: 12 }, (_, id) =>
      sample(id, { published: `2026-05-${10 + (id % 3)}T09:30:00Z`, reactions: { "👍": 1, "❤️": 2 } }),
    );
    const text = serializeResponses(records);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(serializeResponses(shuffled)).toBe(text);
      }),
    );
    expect(text.endsWith("}\n") && !text.endsWith("\n\n")).toBe(true);
    expect(text).toContain('\n  "children": [\n    {\n      "type": "entry",\n      "wm-id": 0,\n');
  });

  test("with an invalid value reports file, line, expected value and an example", () => {
    const text = withSecond((record) => record.replace('"2026-05-11T09:31:10Z"', '"yesterday"'));
    const { records, issues } = parseResponseFile(text, FILE);
    expect(records.map((record) => record["wm-id"])).toEqual([1]);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      file: FILE,
      line: text.slice(0, text.indexOf('"yesterday"')).split("\n").length,
      message:
        'Response 2 (by Ada Lovell): "wm-received" must be a date and time with its zone, as "2026-05-11T09:30:00Z", not "yesterday"',
    });
    expect(issues[0]?.hint).toContain('"wm-received": "2026-05-11T09:31:10Z"');
  });

  test.each([
    ["a misspelt key", '"status"', '"staus"', /no such key as "staus"|"status" is missing/],
    [
      "a status that doesn't exist",
      '"approved"',
      '"aproved"',
      /"approved" or "pending" or "spam" or "deleted"/,
    ],
    [
      "a script address",
      '"https://ada.example/notes/2"',
      '"javascript:alert(1)"',
      /address beginning with http/,
    ],
    [
      "a remote photo",
      '"name": "Ada Lovell"',
      '"name": "Ada", "photo": "https://x.example/a.png"',
      /avatars/,
    ],
    ["no name", '"Ada Lovell"', '""', /the name of the person who wrote it/],
    [
      "a count of zero",
      '"url": "https://ada.example/notes/2"',
      '"reactions": { "👍": 0 }, "url": "https://ada.example/notes/2"',
      /"reactions\.👍" must be a whole number above 0, not 0/,
    ],
    [
      "a count that isn't whole",
      '"url": "https://ada.example/notes/2"',
      '"reactions": { "👍": 1.5 }, "url": "https://ada.example/notes/2"',
      /"reactions\.👍" must be a whole number above 0, not 1\.5/,
    ],
    [
      "an empty id",
      '"url": "https://ada.example/notes/2"',
      '"copy-id": "", "url": "https://ada.example/notes/2"',
      /"copy-id" must be a text that isn't empty, not ""/,
    ],
    [
      "a route without an id",
      '"url": "https://ada.example/notes/2"',
      '"routes": [{ "wm-id": "", "wm-source": "https://ada.example/", "wm-protocol": "pingback" }], "url": "https://ada.example/notes/2"',
      /"routes\.0\.wm-id" must be a text that isn't empty, not ""/,
    ],
    [
      "a wrong name of an emoji",
      '"url": "https://ada.example/notes/2"',
      '"emoji": { "a b": "a.png" }, "url": "https://ada.example/notes/2"',
      /the key "a b" must be letters, digits, - and _ only$/m,
    ],
    [
      "a list for an object",
      '"url": "https://ada.example/notes/2"',
      '"reactions": [1], "url": "https://ada.example/notes/2"',
      /"reactions" must be an object \{ \}, not \[1\]/,
    ],
    [
      "a text for a yes or no",
      '"url": "https://ada.example/notes/2"',
      '"wm-private": "no", "url": "https://ada.example/notes/2"',
      /"wm-private" must be true or false, not "no"/,
    ],
    [
      "a list for a text",
      '"I had the same with our choir."',
      "[1]",
      /"content.text" must be a text, not \[1\]/,
    ],
  ])("with %s is an error on the second record's lines", (_name, from, to, message) => {
    const text = withSecond((record) => record.replace(from, to));
    const { records, issues } = parseResponseFile(text, FILE);
    const secondLine = text.slice(0, text.lastIndexOf('    {\n      "type": "entry"')).split("\n").length;
    expect(records).toHaveLength(1);
    expect(issues.map((issue) => issue.message).join("\n")).toMatch(message);
    for (const issue of issues) expect(issue.line).toBeGreaterThanOrEqual(secondLine);
  });

  test("with a missing comma or a git conflict is an error with the line, and doesn't lose the conversation", () => {
    const missingComma = withSecond((record) => record.replace('"approved",', '"approved"'));
    const [comma] = parseResponseFile(missingComma, FILE).issues;
    expect(comma?.message).toBe("This is not valid JSON: a comma or } was expected");
    const lineOfStatus = missingComma.slice(0, missingComma.lastIndexOf('"status"')).split("\n").length;
    expect(comma?.line).toBe(lineOfStatus + 1);
    const conflict = withSecond((record) => `<<<<<<< HEAD\n${record}`);
    expect(parseResponseFile(conflict, FILE).issues[0]?.hint).toContain("git conflict");
  });

  test.each([
    "",
    "null",
    "[]",
    "{}",
    '{"type":"feed"}',
    '{"type":"feed","children":{}}',
    '{"type":"feed","children":[null,1,[]]}',
  ])("holding %j is an issue with a line, never a crash", (text) => {
    const { records, issues } = parseResponseFile(text, FILE);
    expect(records).toEqual([]);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.every((issue) => (issue.line ?? 0) >= 1)).toBe(true);
  });

  test("with a duplicate response is an error, so that pages don't show it twice", () => {
    const text = serializeResponses([sample(1), sample(1, { published: "2026-05-12T09:30:00Z" })]);
    expect(parseResponseFile(text, FILE).issues[0]?.message).toMatch(
      /^Response 2 is a duplicate of the one on line/,
    );
  });

  test("with a byte order mark or Windows line endings can be read", () => {
    const text = `\uFEFF${serializeResponses([sample(1)]).replaceAll("\n", "\r\n")}`;
    expect(parseResponseFile(text, FILE)).toMatchObject({ issues: [], records: [{ "wm-id": 1 }] });
  });
});

test("the line locator and JSON.parse accept the same texts", () => {
  const mutated = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "{", "]", "\\", "\n", "tru", "-"))
    .map(([json, at, extra]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + extra + json.slice(place + (extra === "" ? 1 : 0));
    });
  fc.assert(
    fc.property(mutated, (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(locateJson(text).isValid).toBe(isJson);
    }),
    propertyRuns(2000),
  );
});

describe("writing", () => {
  let root = "";
  beforeEach(() => {
    root = tempFolder("store");
  });

  test("leaves no temporary files and doesn't touch an unchanged file", () => {
    expect(writeResponses(path.join(root, "content"), "hello", [sample(1)])).toBe(true);
    const file = path.join(root, FILE);
    const before = statSync(file, { bigint: true });
    expect(writeResponses(path.join(root, "content"), "hello", [sample(1)])).toBe(false);
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    expect(readdirSync(path.dirname(file))).toEqual(["hello.json"]);
    expect(readFileSync(file, "utf8")).toBe(serializeResponses([sample(1)]));
  });

  test("removes the file with its last record", () => {
    writeResponses(path.join(root, "content"), "hello", [sample(1)]);
    expect(writeResponses(path.join(root, "content"), "hello", [])).toBe(true);
    expect(writeResponses(path.join(root, "content"), "hello", [])).toBe(false);
    expect(readdirSync(path.join(root, "content/responses"))).toEqual([]);
  });
});
