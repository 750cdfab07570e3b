import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ACCEPTED, REFUSED } from "../../../tests/fixtures/as-people-write.ts";
import { CASES, SMALL_CASES } from "../../../tests/fixtures/cases.ts";
import type { Case, ShownBy } from "../../../tests/fixtures/cases.ts";
import { blogFolder, change } from "../../../tests/support/blog-folder.ts";
import { outcomeIn } from "../../../tests/support/load-outcome.ts";
import { readBody } from "../markdown/body-file.ts";

const root = path.resolve(import.meta.dirname, "../../..");

describe("texts as people write them are published, or their corrected form is", () => {
  const texts = Object.entries(CASES).flatMap(([name, one]) => ("files" in one ? [[name, one] as const] : []));
  test.each(texts)("%s", async (_, { files, errors = [], corrected, notes = [], html = {}, facts = {} }) => {
    const folder = blogFolder(files);
    let outcome = await outcomeIn(folder);
    expect(outcome.errors).toEqual(errors);
    if (corrected !== undefined) {
      change(folder, corrected(outcome.hints));
      outcome = await outcomeIn(folder);
      expect(outcome.errors).toEqual([]);
    }
    const { posts = [] } = outcome.loaded?.blog ?? {};
    const store = outcome.loaded?.store;
    for (const note of notes) expect(outcome.loaded?.notes.join("\n")).toContain(note);
    for (const [slug, parts] of Object.entries(html)) {
      const post = posts.find((one) => one.slug === slug && one.visibility === "published");
      if (parts === null) expect(post).toBeUndefined();
      else expect(post, slug).toBeDefined();
      const shown = store === undefined || post === undefined ? "" : (readBody(store.bodies, post.body.key)?.html ?? "");
      for (const part of parts ?? [])
        if (typeof part === "string") expect(shown).toContain(part);
        else expect(shown).toMatch(part);
    }
    for (const [slug, expected] of Object.entries(facts))
      expect(posts.find((one) => one.slug === slug)).toMatchObject(expected);
  });
});

describe("every case has a test", () => {
  test("each text has an expected outcome", () => {
    const without = Object.entries(CASES).filter(([, one]) => "files" in one && !hasOutcome(one));
    expect(without).toEqual([]);
  });

  test("each accepted or rejected text has an assertion", () => {
    const accepted = Object.entries(ACCEPTED).filter(
      ([, { address, html = [], feedHtml = [], feed = {}, words = "", notes = [] }]) =>
        address !== null && html.length + feedHtml.length + Object.keys(feed).length + words.length + notes.length === 0,
    );
    const refused = Object.entries(REFUSED).filter(([, { errors }]) => errors.length === 0);
    expect(accepted.map(([name]) => name)).toEqual([]);
    expect(refused).toEqual([]);
  });

  test("each of the 60 small inputs is an accepted or rejected text, or refers to its test", () => {
    expect(SMALL_CASES).toHaveLength(60);
    const missing = SMALL_CASES.filter((one) => typeof one === "string" && !(one in ACCEPTED) && !(one in REFUSED));
    expect(missing).toEqual([]);
  });

  test("each accepted or rejected text is one of the small inputs, or a sibling of one", () => {
    const listed = new Set(SMALL_CASES);
    const siblings = Object.keys({ ...ACCEPTED, ...REFUSED }).filter((name) => !listed.has(name));
    expect(siblings).toEqual([
      "a comment in .md",
      "the same, corrected in site.yaml",
      "<figure> for a picture in .md",
      "an offset for a time zone",
    ]);
  });

  const elsewhere = [...Object.entries(CASES), ...SMALL_CASES.map((one, index) => [`small input ${index + 1}`, one] as const)].flatMap(
    ([name, one]) => (typeof one !== "string" && "test" in one ? [[name, one] as const] : []),
  );
  test.each(elsewhere)("%s is shown by the test that it names", (_, { file, test: title }: ShownBy) => {
    expect(existsSync(path.join(root, file))).toBe(true);
    expect(readFileSync(path.join(root, file), "utf8")).toContain(title);
  });
});

function hasOutcome({ errors = [], notes = [], html = {}, facts = {} }: Case): boolean {
  return errors.length + notes.length + Object.keys(html).length + Object.keys(facts).length > 0;
}
