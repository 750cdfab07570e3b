/** Differences on Windows, as far as they can be simulated: file names, line endings, renames that fail. */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { linkOrCopy } from "../src/integration/link-or-copy.ts";
import { publish } from "../src/integration/publish.ts";
import { isReservedName } from "../src/lib/site/reserved-name.ts";
import { tempFolder } from "./support/temp-folder.ts";

/** Folders that don't fit on the disk. */
const tooBig = new Set<unknown>();
/** Error codes with which renames and links fail, by folder or file. */
const refused = new Map<string, string>();
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    cpSync: (from: string, to: string, options: fs.CopySyncOptions) => {
      if (!tooBig.has(from)) return real.cpSync(from, to, options);
      real.writeFileSync(path.join(to, "new.html"), "half");
      throw Object.assign(new Error("ENOSPC: cp"), { code: "ENOSPC" });
    },
    renameSync: (from: string, to: string) => {
      const code = refused.get(from);
      if (code !== undefined) throw Object.assign(new Error(`${code}: rename`), { code });
      real.renameSync(from, to);
    },
    linkSync: (from: string, to: string) => {
      const code = refused.get(from);
      if (code !== undefined) throw Object.assign(new Error(`${code}: link`), { code });
      real.linkSync(from, to);
    },
  };
});
afterEach(() => {
  refused.clear();
  tooBig.clear();
});

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

test.each(["EPERM", "EBUSY", "EACCES", "EROFS"])(
  "a build is published completely while a program locks the folders (%s)",
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

test("a folder that can't be moved is kept, and files with other hard links keep their content", () => {
  const { fresh, out, state } = site();
  const shared = path.join(path.dirname(out), "shared.html");
  fs.linkSync(path.join(out, "posts/index.html"), shared);
  fs.mkdirSync(path.join(out, "new.html"));
  const { ino } = fs.statSync(out);
  refused.set(out, "EBUSY");
  publish(fresh, out);
  expect(state()).toEqual(["new", ["new.html", "posts"]]);
  expect(fs.statSync(out).ino).toBe(ino);
  expect(fs.readFileSync(shared, "utf8")).toBe("old");
});

test.each(["EPERM", "EXDEV", "ENOTSUP", "ENOSYS"])(
  "without hard links, files are copied with their timestamps (%s)",
  (code) => {
    const folder = tempFolder("links");
    const [from, to] = [path.join(folder, "a"), path.join(folder, "b")];
    fs.writeFileSync(from, "words");
    fs.utimesSync(from, 1_600_000_000, 1_600_000_000);
    refused.set(from, code);
    linkOrCopy(from, to);
    fs.appendFileSync(to, "!");
    expect(fs.readFileSync(from, "utf8")).toBe("words");
    fs.rmSync(to);
    linkOrCopy(from, to);
    expect(fs.statSync(to).mtimeMs).toBe(1_600_000_000_000);
  },
);

test("when a folder can't be replaced and new files can't be copied into it, the old files remain", () => {
  const { fresh, out, state } = site();
  refused.set(out, "EROFS");
  tooBig.add(fresh);
  expect(() => publish(fresh, out)).toThrow("ENOSPC");
  expect(state()).toEqual(["old", ["old.html", "posts"]]);
});

test("a rename that fails for another reason doesn't leave a partial site", () => {
  const { fresh, out, state } = site();
  refused.set(out, "EIO");
  expect(() => publish(fresh, out)).toThrow("EIO");
  expect(state()).toEqual(["old", ["old.html", "posts"]]);
});

test("every file name in the repository is valid on Windows, and no two differ only by case", () => {
  const bad = files.filter((file) =>
    file.split("/").some((name) => /[<>:"|?*\\]|[. ]$/.test(name) || isReservedName(name)),
  );
  expect(bad).toEqual([]);
  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
});

test("git preserves the line endings of a blog's texts and scripts, and the bytes of pictures", () => {
  const folder = tempFolder("attributes");
  fs.copyFileSync(path.join(root, "templates/blog/_gitattributes"), path.join(folder, ".gitattributes"));
  spawnSync("git", ["init", "-q"], { cwd: folder });
  const attributesOf = (file: string) =>
    execFileSync("git", ["check-attr", "text", "eol", "--", file], { cwd: folder, encoding: "utf8" });
  for (const file of ["host/publish.sh", "host/Caddyfile", "content/posts/a.md"])
    expect(attributesOf(file)).toContain("eol: lf");
  for (const file of ["a.webp", "a.png", "a.mp4"]) expect(attributesOf(file)).toContain("text: unset");
});
