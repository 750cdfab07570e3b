import path from "node:path";
import { expect, test } from "vitest";
import { DIALECTS } from "./fixtures/dialects.ts";
import { root } from "./support/build.ts";
import { fuzz } from "./support/fuzz/run-fuzz.ts";
import { textsIn, type FuzzText } from "./support/fuzz/texts.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";

/** Front matter in the style of other programs. */
const HEADS = [
  "---\ntitle: Hello: a trip\npubDate: Jul 08 2022\nheroImage: ./fence.svg\ntags: a, 3.10\n---\n",
  '+++\ntitle = "Hello"\ndate = 2024-01-02T10:00:00+01:00\ntags = ["one", "two"]\n[params]\nmood = "blue"\n+++\n',
  '{ "title": "Hello", "date": "2024/03/05", "draft": false }\n',
  "---\nlayout: post\ntitle: Hello\ndate: 2010-10-22 11:33:15 -0400\ncategories: life travel\npublished: true\n---\n",
  "title: Hello\ndate: 2013/7/13 20:46\ntags:\n- one\n- two\n---\n",
  "Title: Hello\nDate: 2010-12-03 10:20\nCategory: Python\n\n",
];

/** Returns texts in each dialect, with front matter of various programs. */
function dialectTexts(): readonly FuzzText[] {
  return (["md", "mdx"] as const).flatMap((format) =>
    DIALECTS.map((dialect, index): FuzzText => ({
      name: `dialect ${index}`,
      format,
      front: HEADS[index % HEADS.length] ?? "",
      body: `Words that come before.\n\n${dialect}\n\nWords that come after.\n`,
    })),
  );
}

test("randomly changed texts cause no stack trace, lose no word, and build if they are accepted", async () => {
  const texts = [
    ...dialectTexts(),
    ...textsIn(["docs", "tests/fixtures", "tests/import"].map((name) => path.join(root, name))),
  ];
  const { faults, accepted, refused } = await fuzz({
    ...{ texts, count: 200, seed: 20_261_130, folder: tempSiteFolder(), builds: true },
    mostMs: 20_000,
  });
  expect(faults).toEqual([]);
  expect(accepted).toBeGreaterThan(40);
  expect(refused).toBeGreaterThan(20);
});
