import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { AuthorError } from "../lib/author-error.ts";
import { inSentence, withSentences } from "./system-sentence.ts";

const root = tempFolder("sentence");

test("a disk that fills up during a build is reported in a sentence without a stack", async () => {
  // On Linux, writing to this device always fails with ENOSPC.
  const failed: unknown = await withSentences(root, () => writeFileSync("/dev/full", "text")).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    message: "Can't write a file: the disk is full. The site is as it was.",
    stack: "",
  });
  expect(failed).not.toHaveProperty("cause");
});

test.each([
  [
    Object.assign(new Error("EROFS"), {
      code: "EROFS",
      syscall: "open",
      path: path.join(root, "dist/a.html"),
    }),
    "Can't open dist/a.html: the file system is read-only. The site is as it was.",
  ],
  [
    new Error(
      `Failed to write file in ${root}/cache/site/1/chunk.mjs\n\nCaused by:\n    No space left on device (os error 28)`,
    ),
    "Can't write cache/site/1/chunk.mjs: the disk is full. The site is as it was.",
  ],
  [
    new Error("The search index couldn't be made", {
      cause: Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write" }),
    }),
    "Can't write a file: the disk is full. The site is as it was.",
  ],
  [
    new AggregateError([
      new Error("a"),
      Object.assign(new Error("x"), { code: "EACCES", syscall: "mkdir", path: "/elsewhere" }),
    ]),
    "Can't create the folder /elsewhere: permission is denied. The site is as it was.",
  ],
])(
  "an error of the file system becomes a sentence, whichever part of the build met it: %#",
  (error, sentence) => {
    expect(inSentence(error, root)).toMatchObject({ message: sentence, stack: "" });
  },
);

test("author errors and errors other than the file system's stay unchanged", () => {
  const missing = Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall: "open", path: "x" });
  const author = new AuthorError([]);
  for (const error of [missing, author, new Error("a fault"), "text"])
    expect(inSentence(error, root)).toBe(error);
});
