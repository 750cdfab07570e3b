import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { AuthorError } from "../author-error.ts";
import { makeResponse } from "../../../tests/fixtures/small-blog.ts";
import { avatarFiles } from "../responses/avatar-files.ts";
import { assertInside } from "./assert-inside.ts";

const folder = mkdtempSync(path.join(tmpdir(), "inside-"));
const root = path.join(folder, "blog");
mkdirSync(path.join(root, "public"), { recursive: true });
writeFileSync(path.join(root, "public/real.txt"), "mine");
writeFileSync(path.join(folder, "secret.txt"), "secret");
mkdirSync(path.join(folder, "blog-other"));
writeFileSync(path.join(folder, "blog-other/x.txt"), "other");
afterAll(() => rmSync(folder, { recursive: true }));

function linkTo(target: string, name: string): string {
  const link = path.join(root, "public", name);
  symlinkSync(target, link);
  return link;
}

test("files of the project are published, including through links within it", () => {
  const file = path.join(root, "public/real.txt");
  expect(assertInside(root, file)).toBe(file);
  expect(assertInside(root, linkTo("real.txt", "link.txt"))).toMatch(/link\.txt$/);
});

test.each([
  ["a file", "../../secret.txt", "file.txt"],
  ["a folder", "../..", "folder"],
  ["a folder whose name begins like the project's", "../../blog-other/x.txt", "sibling.txt"],
])("a link to %s outside the project is refused with its name", (_what, target, name) => {
  const link = linkTo(target, name);
  expect(() => assertInside(root, link)).toThrow(AuthorError);
  expect(() => assertInside(root, link)).toThrow(`public/${name} is a link to a file outside the project`);
});

test("a dangling or circular link is an author error", () => {
  expect(() => assertInside(root, linkTo("nowhere", "dangling"))).toThrow("a file that doesn't exist");
  expect(() => assertInside(root, linkTo("loop", "loop"))).toThrow("a file that doesn't exist");
});

test("the project's root may itself be a link", () => {
  const other = path.join(folder, "alias");
  symlinkSync(root, other);
  expect(assertInside(other, path.join(other, "public/real.txt"))).toMatch(/real\.txt$/);
});

test("an avatar that links outside the author's folder isn't published", () => {
  const contentDir = path.join(root, "content");
  mkdirSync(path.join(contentDir, "responses/avatars"), { recursive: true });
  symlinkSync(path.join(folder, "secret.txt"), path.join(contentDir, "responses/avatars/eve.webp"));
  const response = makeResponse({ author: { type: "card", name: "Eve", photo: "eve.webp" } });
  expect(() => avatarFiles({ hello: [response] }, contentDir)).toThrow(
    "responses/avatars/eve.webp is a link to a file outside the project",
  );
});
