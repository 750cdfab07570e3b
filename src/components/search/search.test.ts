import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { excerptParts } from "./excerpt.ts";
import { fragmentPlaces } from "./page-order.ts";
import { readQuery, searchTerm, writeQuery } from "./query.ts";
import { shorterWord } from "./shorter-word.ts";

test("a mark excludes the punctuation around a word", () => {
  expect(excerptParts("Over the <mark>fence,</mark> again", "Over the fence, again")).toEqual([
    { text: "Over the ", isMarked: false },
    { text: "fence", isMarked: true },
    { text: ",", isMarked: false },
    { text: " again", isMarked: false },
  ]);
});

test("search terms are marked, and text never becomes markup", () => {
  expect(excerptParts('1 &lt; 2 <mark>&lt;b&gt;bold</mark> & "so"', '1 < 2 <b>bold & "so"')).toEqual([
    { text: "1 < 2 ", isMarked: false },
    { text: "<b>bold", isMarked: true },
    { text: ' & "so"', isMarked: false },
  ]);
  expect(excerptParts("<mark>隣\u200B人</mark>", "隣\u200B人")).toEqual([{ text: "隣人", isMarked: true }]);
  expect(excerptParts("", "")).toEqual([]);
});

test("an ellipsis shows where a text continues before and after the excerpt", () => {
  const shown = (excerpt: string) =>
    excerptParts(excerpt, "one two three")
      .map(({ text }) => text)
      .join("");
  expect(shown("<mark>one</mark> two")).toBe("one two…");
  expect(shown("two")).toBe("…two…");
  expect(shown("two <mark>three</mark>")).toBe("…two three");
});

test("no text is lost from an excerpt", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: anyCharacter }), fc.boolean()), { maxLength: 6 }),
      (pieces) => {
        const written = pieces
          .map(([text, isMarked]) => [text.replaceAll(/[<>&\u200B]/g, "_"), isMarked] as const)
          .filter(([text]) => text !== "");
        const excerpt = written
          .map(([text, isMarked]) => (isMarked ? `<mark>${text}</mark>` : text))
          .join("");
        const parts = excerptParts(excerpt, written.map(([text]) => text).join(""));
        expect(parts.map(({ text }) => text).join("")).toBe(written.map(([text]) => text).join(""));
      },
    ),
  );
});

test("an address contains the whole query, so that it can be shared", () => {
  const query = { text: "a & b", filters: { tag: "日本", year: "2011" }, order: "newest" as const };
  expect(readQuery(writeQuery(query))).toEqual(query);
  expect(writeQuery(readQuery(""))).toBe("");
  expect(readQuery("?q=x&order=sideways&tag=&unknown=1")).toEqual({ text: "x", filters: {}, order: "best" });
});

test("search terms are normalized in all scripts", () => {
  expect(searchTerm(" INSTAGRAM ")).toBe("instagram");
  expect(searchTerm("a")).toBeNull();
  expect(searchTerm("")).toBeNull();
  expect(searchTerm("東京の人")).toBe("東京 の 人");
  expect(searchTerm("人")).toBe("人");
  expect(searchTerm("สวัสดีชาวโลก")?.split(" ").length).toBeGreaterThan(1);
  expect(searchTerm('"the fence"')).toBe('"the fence"');
});

test("a hint names the shorter word that results were found for", () => {
  expect(shorterWord("fencexqzvw", ["Fence", "fence"])).toBe("fence");
  expect(shorterWord("the fencexqzvw", ["the", "fence"])).toBe("fence");
  expect(shorterWord("fence", ["fences", "Fence"])).toBeNull();
  expect(shorterWord("fences", ["fence"])).toBeNull();
  expect(shorterWord("ponies", ["pony"])).toBeNull();
  expect(shorterWord('"garden fence"', ["garden", "fence"])).toBeNull();
  expect(shorterWord("", ["fence"])).toBeNull();
  expect(shorterWord("fence", [])).toBeNull();
});

test("the order of posts is read from files of Pagefind 1.5 and 1.6", () => {
  const list = (...values: string[]) =>
    Buffer.from(`${Buffer.from("pagefind_dcd").toString("hex")}${values.join("")}`, "hex");
  const expected = new Map([
    ["ab", 0],
    ["cd", 1],
  ]);
  // Version 1.5.2 with two pages of name and word count, then 1.6.0, which adds the name of a file.
  expect(
    fragmentPlaces(list("86", "65312e352e32", "82", "82", "626162", "1878", "82", "626364", "05")),
  ).toEqual(expected);
  expect(
    fragmentPlaces(
      list("86", "65312e362e30", "82", "83", "626162", "1878", "60", "83", "626364", "05", "60"),
    ),
  ).toEqual(expected);
});
