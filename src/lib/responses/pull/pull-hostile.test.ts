import fc from "fast-check";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../../tests/support/any-character.ts";
import { cpuClock } from "../../../../tests/support/cpu-clock.ts";
import { mention } from "../../../../tests/support/mentions.ts";
import { propertyRuns } from "../../../../tests/support/property-runs.ts";
import { HELLO, setUpPulling } from "../../../../tests/support/pulling.ts";
import { record } from "../../../../tests/support/records.ts";
import { cleanLine, cleanLines, cleanName, stripInvisible } from "../clean-text.ts";
import { readAllResponses } from "../response-files.ts";
import { writeResponses } from "../store.ts";
import { instantOf } from "./incoming-response.ts";

const pulling = setUpPulling();

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    "2025-02-30",
    "2026-04-31T10:00:00Z",
    "2026-02-29",
    "2026-01-01T24:00:00Z",
    "2026-01-01T10:00:00+99:99",
    "2026-01-01T10:00:60Z",
    "0000-00-00",
    "+002026-01-01",
    "\u009B31m",
    "https://a.example/[k](v:1)",
    "https://a.example/ b",
    "",
    null,
    [],
    {},
    -1,
    1e21,
    true,
    "yes",
    "__proto__",
  ),
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

const KEYS = [
  "published",
  "updated",
  "wm-received",
  "url",
  "name",
  "content",
  "summary",
  "rsvp",
  "in-reply-to",
  "author",
  "wm-protocol",
  "wm-property",
  "wm-private",
] as const;

const hostileMention = fc
  .record({
    id: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom<unknown>("1", " ", "a/b", 0, -3, 1.5)),
    source: fc.constantFrom(
      "https://a.example/1",
      "https://www.a.example/1/",
      "http://b.example/\u009B",
      "x",
    ),
    changes: fc.dictionary(fc.constantFrom(...KEYS), odd, { maxKeys: 5 }),
    author: fc.dictionary(fc.constantFrom("name", "url", "photo", "type"), odd, { maxKeys: 3 }),
  })
  .map(({ id, source, changes, author }) => ({
    ...mention(1, HELLO),
    author,
    ...changes,
    "wm-id": id,
    "wm-source": source,
  }));

test("whatever a service responds, every command can read the stored files afterwards", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(hostileMention, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      async (pulls) => {
        rmSync(pulling.contentDir, { recursive: true, force: true });
        writeResponses(pulling.contentDir, "hello", [
          record("1", { "wm-protocol": "comment", "wm-source": `${HELLO}#c1` }),
        ]);
        for (const mentions of pulls) {
          // A hostile service doesn't conform to the type.
          pulling.standin.mentions = mentions.map((each) => ({ ...each, "wm-id": each["wm-id"] as number }));
          await pulling.run({ isFull: true });
          readAllResponses(pulling.contentDir);
          // If a service assigns a known id to another source, the result is stable after one more pull.
          await pulling.run({ isFull: true });
          expect((await pulling.run({ isFull: true })).hasChanged).toBe(false);
        }
      },
    ),
    propertyRuns(20),
  );
}, 120_000);

test("an invalid calendar date is dropped, and the response is kept", async () => {
  pulling.standin.mentions = [mention(1, HELLO, { published: "2025-02-30", "wm-received": "2026-02-31" })];
  await pulling.run();
  expect(pulling.byId(1)).toMatchObject({ status: "approved" });
  expect(pulling.byId(1)?.published).toBeUndefined();
  for (const wrong of ["2026-04-31", "2026-02-29T10:00:00Z", "2026-01-01T24:00:00Z"])
    expect(instantOf(wrong)).toBeUndefined();
});

test("an imported comment and a webmention may have the same id", async () => {
  const comment = record("1901", { "wm-protocol": "comment", "wm-source": `${HELLO}#c1901` });
  writeResponses(pulling.contentDir, "hello", [comment]);
  pulling.standin.mentions = [mention(1901, HELLO)];
  await pulling.run();
  expect(pulling.records().map((each) => each["wm-protocol"])).toEqual(
    expect.arrayContaining(["comment", "webmention"]),
  );
});

test.each([1, "yes", "1", "private", {}, ["x"]])("wm-private: %j is private", async (mark) => {
  pulling.standin.mentions = [mention(1, HELLO, { "wm-private": mark })];
  await pulling.run();
  expect(pulling.records()).toEqual([]);
});

test.each([false, "false", 0, "", null])("wm-private: %j is public", async (mark) => {
  pulling.standin.mentions = [mention(1, HELLO, { "wm-private": mark })];
  await pulling.run();
  expect(pulling.records()).toHaveLength(1);
});

test("cleaning takes linear time, whatever the text contains", () => {
  const bombs = [
    "\u{E0041}",
    "\u{1F3F4}\u{E0041}",
    "\u200D",
    "\u0301",
    "a@",
    "\u{1F3F4}",
    "\u200B",
    "x\u0301",
  ];
  for (const piece of bombs) {
    const text = piece.repeat(1_000_000 / piece.length);
    const spentMs = cpuClock();
    cleanName(text);
    cleanLine(text, 300);
    cleanLines(text, 20_000);
    stripInvisible(text);
    expect(spentMs(), JSON.stringify(piece)).toBeLessThan(2000);
  }
  expect(cleanName("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ann")).toBe("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Ann");
  expect(cleanName("A\u{E0041}\u{E007F}nn")).toBe("Ann");
});

test("a failing service doesn't change a file, not even its layout or byte order mark", async () => {
  pulling.standin.mentions = [mention(1, HELLO)];
  await pulling.run();
  const file = path.join(pulling.contentDir, "responses/hello.json");
  const handmade = `\uFEFF${JSON.stringify({ type: "feed", children: pulling.records() })}`;
  writeFileSync(file, handmade);
  const before = pulling.snapshot();
  pulling.standin.onRequest = () => "500";
  await pulling.run({ isFull: true });
  expect(pulling.snapshot()).toEqual(before);
});
