import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder, post } from "./support/blog-folder.ts";
import { root, runCli } from "./support/build.ts";

interface Matcher {
  readonly tasks: readonly {
    readonly problemMatcher: { readonly pattern: readonly { readonly regexp: string }[] };
  }[];
}

test("an editor shows each mistake at its line", async () => {
  const folder = blogFolder({
    "content/posts/hello.mdx": post("titel: x", "[x](/none/)\n"),
    "content/posts/old.md": "x",
    "content/posts/old.mkd": "x",
  });
  const args = ["--content", path.join(folder, "content"), "--cache", path.join(folder, "cache")];
  const { status, output } = await runCli("backfence", ["check", ...args]);
  const { tasks } = JSON.parse(readFileSync(path.join(root, ".vscode/tasks.json"), "utf8")) as Matcher;
  const [place, message] = (tasks[0]?.problemMatcher.pattern ?? []).map(({ regexp }) => new RegExp(regexp));
  const lines = output.split("\n");
  const problems = lines.flatMap((line, at) => {
    const found = place?.exec(line);
    return found ? [[found[1], found[2], message?.exec(lines[at + 1] ?? "")?.[1]]] : [];
  });
  expect(status).toBe(3);
  expect(problems).toEqual([
    ["content/posts/hello.mdx", "4", "`titel` isn't a key of a post"],
    ["content/posts/hello.mdx", "6", "This link leads nowhere: /none/"],
    ["content/posts/old.md", "1", "The front matter is missing"],
    ["content/posts/old.mkd", undefined, "The name of a post or page ends in .md or .mdx, this one in .mkd"],
  ]);
});
