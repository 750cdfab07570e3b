import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { AuthorError } from "../author-error.ts";
import { gunzipInto } from "./unzip.ts";

const NAMES = ["disqus.xml", "isso.json", "commento.json", "remark42.txt", "discussions.json", "issues.json"];
const DUMPS = [...NAMES.map((name) => readFileSync(fixture(`comments/${name}`))), issoDatabase()];
const ANY_DUMP = fc.constantFrom(...DUMPS);
const RUNS = propertyRuns(10);

function issoDatabase(): Buffer {
  const file = path.join(tempFolder("isso"), "comments.db");
  const database = new DatabaseSync(file);
  database.exec(`CREATE TABLE threads (id INTEGER PRIMARY KEY, uri, title);
    CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, mode, remote_addr, text, author, email, website);
    INSERT INTO threads VALUES (1, '/2008/03/the-gate.html', 'The gate');
    INSERT INTO comments VALUES (1, 1, NULL, 1430467200, 1, '', 'A hinge.', 'Wren', '', '');`);
  database.close();
  return readFileSync(file);
}

/** One blog for all runs: hostile exports may only add to its conversations. */
const ROOT = tempFolder("hostile");
const CONTENT = path.join(ROOT, "content");
mkdirSync(path.join(CONTENT, "posts"), { recursive: true });
writeFileSync(
  path.join(CONTENT, "site.yaml"),
  "title: The fence\nurl: https://new.example/\ntimeZone: UTC\n",
);
writeFileSync(
  path.join(CONTENT, "posts/the-gate.md"),
  "---\ntitle: The gate\ndate: 2008-03-17\naliases: [/2008/03/the-gate.html]\n---\n\nA gate.\n",
);

/** An import must either fail with a clear error or leave a blog that loads. */
async function importBytes(bytes: Uint8Array): Promise<void> {
  const folder = tempFolder("hostile");
  writeFileSync(path.join(folder, "export"), bytes);
  try {
    const blog = await imported(path.join(folder, "export"), { contentDir: CONTENT, baseUrl: null });
    expect(Object.keys(textsIn(folder))).toEqual(["export"]);
    const { written } = blog.result.files;
    expect(written).toBeLessThanOrEqual(1);
  } catch (error) {
    expect(error).toBeInstanceOf(AuthorError);
  }
  const names = Object.keys(textsIn(CONTENT));
  expect(names.filter((name) => name !== "responses/the-gate.json")).toEqual([
    "posts/the-gate.md",
    "site.yaml",
  ]);
}

test("a truncated comment export is read up to the cut, or fails clearly", async () => {
  await fc.assert(
    fc.asyncProperty(ANY_DUMP, fc.double({ min: 0, max: 1, noNaN: true }), async (bytes, share) => {
      await importBytes(bytes.subarray(0, Math.round(bytes.length * share)));
    }),
    RUNS,
  );
});

test("a comment export with random bytes is read, or fails clearly", async () => {
  const noise = fc.tuple(
    ANY_DUMP,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.uint8Array({ maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(noise, async ([bytes, share, added]) => {
      const at = Math.round(bytes.length * share);
      await importBytes(Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + added.length)]));
    }),
    RUNS,
  );
});

const HOSTILE = fc.constantFrom(
  "<script>alert(1)</script>",
  "{process.exit(1)}",
  "../../../../etc/passwd",
  "javascript:alert(1)",
  "<img src=x onerror=alert(1)>",
  "\u202E\u0000\uFFFE]]>",
  "a@b.example",
  "9999999-99-99T99:99:99Z",
  "__proto__",
  "> ".repeat(5000),
  "<div><b>".repeat(20_000),
  "[".repeat(20_000),
);

test("hostile text in any field of a comment has no effect", async () => {
  const fields = ["id", "text", "time", "title", "pid"];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...fields),
      fc.constantFrom("name", "id", "ip"),
      HOSTILE,
      async (field, own, text) => {
        const comment = {
          ...{ id: "1", pid: "", text: "Words", time: "2020-05-01T08:00:00Z" },
          locator: { url: "https://fence.example/2008/03/the-gate.html" },
          [field]: text,
          user: { name: "Ned", id: "n", ip: "", [own]: text },
        };
        await importBytes(Buffer.from(`{"version":1,"users":[],"posts":[]}\n${JSON.stringify(comment)}\n`));
        const stored = textsIn(CONTENT)["responses/the-gate.json"] ?? "";
        // Names and plain texts are escaped on output.
        expect(stored).not.toMatch(/"html": ".*<(?:script|img)|"(?:url|html)": ".*javascript:|a@b\.example/);
      },
    ),
    propertyRuns(15),
  );
  // The blog still loads with everything stored by the runs.
  const { result } = await imported(fixture("comments/isso.json"), { contentDir: CONTENT, baseUrl: null });
  expect(result.counts.responses).toBe(2);
});

test("a gzip that unpacks to more than its limit is refused", async () => {
  const file = path.join(tempFolder("gzip"), "comments.json.gz");
  writeFileSync(file, gzipSync(Buffer.alloc(2_000_000)));
  const target = path.join(tempFolder("gzip"), "comments.json");
  await expect(gunzipInto(file, target, 1_000_000)).rejects.toThrow(/too large when unpacked/);
  await expect(gunzipInto(fixture("typepad.txt"), target)).rejects.toThrow(AuthorError);
});
