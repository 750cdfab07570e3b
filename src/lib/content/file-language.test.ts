import { expect, test } from "vitest";
import { languagesIn, languageSuffix } from "./file-language.ts";

test("a file's language is read from its name", () => {
  expect(languageSuffix("post.de")).toEqual({ stem: "post", lang: "de" });
  expect(languageSuffix("my.post.pt-br")).toEqual({ stem: "my.post", lang: "pt-BR" });
  expect(languageSuffix("index.zh_hant")).toEqual({ stem: "index", lang: "zh-Hant" });
});

test.each(["post", "post.old", "post.v2", "version-2.0", "post.qq", ".de"])("%s names no language", (name) => {
  expect(languageSuffix(name)).toBeNull();
});

test("a suffix that looks like a language is one only next to another version, or after `index` or `home`", () => {
  expect([...languagesIn(["taz.de", "hello"]).keys()]).toEqual([]);
  expect([...languagesIn(["hello", "hello.de", "hello.ja"]).keys()]).toEqual(["hello.de", "hello.ja"]);
  expect([...languagesIn(["hello.en", "hello.de"]).keys()]).toEqual(["hello.en", "hello.de"]);
  expect([...languagesIn(["index.de"]).keys()]).toEqual(["index.de"]);
  expect([...languagesIn(["home.de"]).keys()]).toEqual(["home.de"]);
});
