import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { checkWritable } from "./writable-folders.ts";

test("a file at the path of a folder is reported before the build starts", () => {
  const root = tempFolder("writable");
  const place = (name: string) => path.join(root, name);
  const project = {
    root,
    outDir: place("dist"),
    cacheDir: place("not/there/yet"),
    publicDir: place("public"),
  };
  expect(() => checkWritable(project, place("vite"))).not.toThrow();
  writeFileSync(place("file"), "text");
  for (const name of ["file", "file/posts"])
    expect(() => checkWritable({ ...project, outDir: place(name) }, place("vite"))).toThrow(
      "A build can't write into this folder",
    );
  writeFileSync(place("public"), "text");
  expect(() => checkWritable(project, place("vite"))).toThrow(
    "public\n  This is a file, but should be a folder",
  );
});
