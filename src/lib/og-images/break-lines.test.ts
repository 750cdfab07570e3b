import { expect, test } from "vitest";
import { balancedLines, boxesOf, withCuts } from "./break-lines.ts";

const widthOf = (start: number, end: number): number => end - start;

function lines(text: string, lang: string, width: number, maxLines = 4): string[] | null {
  const boxes = boxesOf(text, lang, widthOf);
  const found = balancedLines(boxes, width, maxLines);
  return found?.map(({ first, last }) => text.slice(boxes[first]?.start, boxes[last]?.end)) ?? null;
}

test("no line is left with one word", () => {
  expect(lines("A blog is a chat over the fence", "en", 26)).toEqual(["A blog is a chat", "over the fence"]);
});

test("null tells that a text needs more lines", () => {
  expect(lines("one two three four five", "en", 5, 3)).toBeNull();
  expect(lines("immeasurable", "en", 5)).toBeNull();
});

test("nothing breaks at a no-break space, before closing or after opening punctuation", () => {
  expect(lines("aaa 10\u00A0km bbb", "en", 8)).toEqual(["aaa", "10\u00A0km", "bbb"]);
  expect(lines("Ça va bien ?", "fr", 10)).toEqual(["Ça va", "bien ?"]);
  expect(lines("「あああ」、「いいい」", "ja", 6)).toEqual(["「あああ」、", "「いいい」"]);
});

test("Japanese, Chinese and Thai break between words, Korean at spaces", () => {
  for (const [text, lang] of [
    ["私たちが考えたこと", "ja"],
    ["社交媒体与邻里关系", "zh"],
    ["การคุยกันข้ามรั้ว", "th"],
  ] as const) {
    const words = Array.from(
      new Intl.Segmenter(lang, { granularity: "word" }).segment(text),
      ({ index }) => index,
    );
    const [first = ""] = lines(text, lang, Math.ceil(text.length * 0.7)) ?? [];
    expect(words, text).toContain(first.length);
  }
  expect(boxesOf("이웃과 울타리", "ko", widthOf)).toHaveLength(2);
});

test("a word may end its line after a hyphen, a number may not begin one before it", () => {
  expect(lines("old-fashioned", "en", 10)).toEqual(["old-", "fashioned"]);
  expect(boxesOf("x -5", "en", widthOf)).toHaveLength(2);
});

test("what is wider than a line is cut: words behind a hyphen, the rest without", () => {
  const cut = (text: string): string => withCuts(text, boxesOf(text, "en", widthOf), 5, widthOf);
  expect(cut("abcdefgh ij")).toBe("abcd-efgh ij");
  expect(cut("1234567")).toBe("1234\u200B567");
});
