import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { RESERVED_IDS } from "./heading.ts";

test("headings never get an id that the page around the post uses", () => {
  const source = path.resolve(import.meta.dirname, "../..");
  const folders = [
    "layouts",
    "components/shell",
    "components/post",
    "components/pages",
    "components/responses",
  ];
  const files = folders
    .flatMap((folder) =>
      readdirSync(path.join(source, folder)).map((name) => path.join(source, folder, name)),
    )
    .filter((file) => file.endsWith(".astro"));
  const ids = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]),
  );
  expect(ids.length).toBeGreaterThan(0);
  const inSmallLetters = ids.filter((id) => id === id?.toLowerCase());
  expect(inSmallLetters.filter((id) => !RESERVED_IDS.includes(id ?? ""))).toEqual([]);
});
