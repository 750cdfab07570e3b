import { expect, test } from "vitest";
import { fixture, imported } from "../../../../../tests/support/imported.ts";
import { linksByNumber, readPage, readProperties } from "./page.ts";

test("Notion: a page keeps the properties of its row, links, pictures and callouts", async () => {
  const { read } = await imported(fixture("notion"));
  expect(read("posts/the-orchard/index.md")).toMatchInlineSnapshot(`
    "---
    title: The orchard
    date: 2022-03-17T08:30:00Z
    tags: [apples, walls]
    ---

    The wall keeps them warm. See Grafting and the plan.

    ![A wall](./wall.png)

    > 💡 Pears need **south**.

    - [x]  planted
    - [ ]  pruned

    Blog
    "
  `);
  expect(JSON.parse(read("_import/raw/post-the-orchard.json"))).toEqual({ Mood: "calm" });
});

test("Notion: only pages with a property that says they're published are public", async () => {
  const { read, result } = await imported(fixture("notion"));
  expect(read("posts/grafting.md")).toContain("draft: true");
  expect(read("pages/plan.md")).toContain("draft: true");
  expect(result.ledger.entry).toMatchObject({ read: 5, written: 1, kept: 3, private: 1 });
  expect(result.doubts.at(-1)?.message).toBe("1 page has no Status or Published property, so it's a draft");
});

test("Notion: a row without a page is kept with its properties", async () => {
  const { read } = await imported(fixture("notion"));
  expect(read("posts/a-thought-without-a-page.md")).toContain("draft: true");
  expect(JSON.parse(read("_import/raw/post-a-thought-without-a-page.json"))).toEqual({ Mood: "restless" });
});

test("a first paragraph with colons isn't read as properties", () => {
  const page = readPage("# A\n\nNote: this is text.\n", new Set());
  expect(page).toMatchObject({ title: "A", text: "Note: this is text.\n" });
  expect(readPage("# A\n\nMood: calm\n\nText", new Set(["Mood"])).properties.get("Mood")).toBe("calm");
});

test("dates are read in all of Notion's formats", () => {
  const date = (value: string): string | null => readProperties(new Map([["Date", value]])).date;
  expect(date("March 17, 2022 9:30 AM")).toBe("2022-03-17T09:30:00");
  expect(date("March 17, 2022 9:30 PM (GMT+1)")).toBe("2022-03-17T21:30:00+01:00");
  expect(date("2022/03/17")).toBe("2022-03-17");
  expect(date("March 17, 2022 → March 19, 2022")).toBe("2022-03-17");
  expect(date("soon")).toBeNull();
});

test("a page whose properties contradict each other isn't published", () => {
  const state = (entries: [string, string][]): string => readProperties(new Map(entries)).state;
  expect(state([["Status", "Published"]])).toBe("public");
  expect(
    state([
      ["Status", "Published"],
      ["Draft", "Yes"],
    ]),
  ).toBe("draft");
  expect(state([["Published", "No"]])).toBe("draft");
  expect(state([["Status", "Archived"]])).toBe("private");
});

test("links to pages on other sites stay unchanged", () => {
  const id = "0123456789abcdef0123456789abcdef";
  expect(linksByNumber(`[a](../X%20${id}.md) [b](https://x.example/${id}.md)`)).toBe(
    `[a](${id}.md) [b](https://x.example/${id}.md)`,
  );
});
