import { describe, expect, test } from "vitest";
import { formatsOf } from "./formats.ts";
import { hasWords, wordsForPost, translationsFor } from "./translations-for.ts";

const LANGUAGES = ["en", "de", "es", "fr", "ja", "ar"];

/** Words that are the same everywhere, or happen to be. */
const SHARED =
  /^(Mastodon|Bluesky|RSS|Atom|Normal|System|Series|Pages|Archive|Links|Part|E-?mail|·|→|—|Notes?|Tags?)$/i;

/** Every text of a set of words with its path; functions are asked with small numbers and a name. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    return [1, 2, 3, 11, 100].map((count) => [`${path}(${count})`, String(value(count, 200))]);
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe.each(LANGUAGES)("%s", (lang) => {
  const words = translationsFor(lang);

  test("says something for every key and leaves no gap in it", () => {
    for (const [path, text] of texts(words)) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/undefined|NaN|\[object|#/);
    }
  });

  test("says how many, whatever the number", () => {
    for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1234]) {
      const said = words.post.responses(count);
      expect(said).not.toBe("");
      if (count > 2) expect(said).toMatch(/[\d\u0660-\u0669]/);
    }
  });
});

test.each(LANGUAGES.slice(1))("%s is translated", (lang) => {
  const english = new Map(texts(translationsFor("en")));
  const same = texts(translationsFor(lang)).filter(
    ([path, text]) => /\.\w+\.\w+$/.test(path) && english.get(path) === text && !SHARED.test(text),
  );
  expect(same).toEqual([]);
});

test("a regional language finds its words, an unknown one English", () => {
  expect(translationsFor("de-AT").lang).toBe("de");
  expect(translationsFor("nl").lang).toBe("en");
  expect(hasWords("ar-EG")).toBe(true);
});

test("a post speaks its own language where the interface can, else the site's", () => {
  expect(wordsForPost("de", "en").lang).toBe("de");
  expect(wordsForPost("nl", "fr").lang).toBe("fr");
});

describe("dates", () => {
  const instant = "2008-03-17T23:30:00.000Z";

  test("are those of the site's zone", () => {
    expect(formatsOf("en", "Europe/Berlin").longDate(instant)).toBe("Tuesday, 18 March 2008");
    expect(formatsOf("en", null).longDate(instant)).toBe("Monday, 17 March 2008");
    expect(formatsOf("de", "Europe/Berlin").date(instant)).toBe("18. März 2008");
    expect(formatsOf("en-US", "Europe/Berlin").date(instant)).toBe("March 18, 2008");
  });

  test("are of the same calendar in every language", () => {
    for (const lang of ["th", "fa", "ar", "ja", "ar-SA"]) {
      expect(formatsOf(lang, "UTC").year(2008)).toMatch(/2008|٢٠٠٨|۲۰۰۸/);
      expect(formatsOf(lang, "UTC").date(instant)).toMatch(/2008|٢٠٠٨|۲۰۰۸/);
    }
  });

  test("join names as the language does", () => {
    expect(formatsOf("en", null).list(["Nell", "Tomás", "Ines"])).toBe("Nell, Tomás and Ines");
    expect(formatsOf("es", null).list(["Nell", "Ines"])).toBe("Nell e Ines");
  });
});
