/** What is different on Windows, as far as another system can show it: names, line ends, renames that are refused. */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { publish } from "../src/integration/publish.ts";
import { tempFolder } from "./support/temp-folder.ts";

/** Errors that renames end with, by the folder that is renamed. */
const refused = new Map<string, string>();
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    renameSync: (from: string, to: string) => {
      const code = refused.get(from);
      if (code !== undefined) throw Object.assign(new Error(`${code}: rename`), { code });
      real.renameSync(from, to);
    },
  };
});
afterEach(() => refused.clear());

const root = path.resolve(import.meta.dirname, "..");
const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter(Boolean);

function site() {
  const folder = tempFolder("windows");
  const [fresh, out] = [path.join(folder, "staging"), path.join(folder, "dist")];
  for (const [place, text] of [
    [fresh, "new"],
    [out, "old"],
  ] as const) {
    fs.mkdirSync(path.join(place, "posts"), { recursive: true });
    fs.writeFileSync(path.join(place, "posts/index.html"), text);
    fs.writeFileSync(path.join(place, `${text}.html`), text);
  }
  const state = () => [
    fs.readFileSync(path.join(out, "posts/index.html"), "utf8"),
    fs.readdirSync(out).sort(),
  ];
  return { folder, fresh, out, state };
}

test.each(["EPERM", "EBUSY", "EACCES"])(
  "a build is published whole while a program holds the folders (%s)",
  (code) => {
    for (const held of ["out", "fresh"] as const) {
      const { folder, fresh, out, state } = site();
      refused.set(held === "out" ? out : fresh, code);
      publish(fresh, out);
      expect(state()).toEqual(["new", ["new.html", "posts"]]);
      expect(fs.readdirSync(folder).filter((name) => name !== "dist")).toEqual([]);
      refused.clear();
    }
  },
);

test("a rename that fails for another reason is no half site", () => {
  const { fresh, out, state } = site();
  refused.set(out, "EIO");
  expect(() => publish(fresh, out)).toThrow("EIO");
  expect(state()).toEqual(["old", ["old.html", "posts"]]);
});

test("every file of the repository has a name that Windows takes, and no two differ by case only", () => {
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
  const bad = files.filter((file) =>
    file.split("/").some((name) => /[<>:"|?*\\]|[. ]$/.test(name) || reserved.test(name)),
  );
  expect(bad).toEqual([]);
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
});

test("a blog's texts and scripts keep their line ends in git, pictures their bytes", () => {
  const folder = tempFolder("attributes");
  fs.copyFileSync(path.join(root, "templates/blog/_gitattributes"), path.join(folder, ".gitattributes"));
  spawnSync("git", ["init", "-q"], { cwd: folder });
  const attributesOf = (file: string) =>
    execFileSync("git", ["check-attr", "text", "eol", "--", file], { cwd: folder, encoding: "utf8" });
  for (const file of ["host/publish.sh", "host/Caddyfile", "content/posts/a.md"])
    expect(attributesOf(file)).toContain("eol: lf");
  for (const file of ["a.webp", "a.png", "a.mp4"]) expect(attributesOf(file)).toContain("text: unset");
});
