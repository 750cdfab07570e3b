import { expect, test } from "vitest";
import { familiesFor } from "./families.ts";

test.each([
  ["،", "ar", "noto-naskh-arabic"],
  ["؟", "fa", "noto-naskh-arabic"],
  ["。", "ja", "noto-serif-jp"],
  ["、", "zh-Hans", "noto-serif-sc"],
  ["।", "hi", "noto-serif-devanagari"],
  ["א", "he", "noto-serif-hebrew"],
])("the sign %s in the language %s is in the package %s, beside the blog's own face", (sign, lang, name) => {
  const suited = familiesFor(sign, lang).filter(({ characters }) => characters.test(sign));
  expect(suited[1]?.package).toBe(`@fontsource-variable/${name}`);
});
