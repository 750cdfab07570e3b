import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { codeFailed } from "./author-errors.ts";

/** A post with a component, and the code that a bundle has of both. */
function project(): { readonly root: string; readonly post: string; readonly stack: (at: string) => string } {
  const root = tempFolder("failed-code");
  const write = (file: string, text: string): string => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    return path.join(root, file);
  };
  const post = write(
    "content/posts/a.mdx",
    '---\ntitle: A\n---\nimport Part from "./Part.astro";\n\n<Part />\n\n{thing.name}\n',
  );
  write("content/posts/Part.astro", "---\nconst data = undefined;\n---\n<p>{data.items.length}</p>\n");
  const chunk = write(
    "chunk.mjs",
    'const x = 1;\nreturn render`<p>${data.items.length}</p>`;\nreturn jsx("p", { children: thing.name });\nother();\n',
  );
  const at = (line: number, column: number): string =>
    `TypeError: no\n    at run (${pathToFileURL(chunk).href}:${line}:${column})\n    at astro (node:internal:1:1)`;
  const stacks: Readonly<Record<string, string>> = {
    component: at(2, 24),
    post: at(3, 35),
    package: at(4, 1),
  };
  return { root, post, stack: (name) => stacks[name] ?? "" };
}

describe("code of a post that fails while it is rendered is named with its line", () => {
  test.each([
    ["component", "content/posts/Part.astro:4"],
    ["post", "content/posts/a.mdx:8"],
    ["package", "content/posts/a.mdx:"],
  ])("in the %s", (where, place) => {
    const { root, post, stack } = project();
    const error = Object.assign(new TypeError("no"), { stack: stack(where) });
    const [issue] = codeFailed(error, post, root).issues;
    expect(`${issue?.file}:${issue?.line ?? ""}`).toBe(place);
    expect(issue?.message).toBe("This post's own code failed: no");
  });

  test("by the stack that the build kept, when Astro wasn't to print it", () => {
    const { root, post, stack } = project();
    const error = Object.assign(new TypeError("no"), { stack: "", placeInBundle: stack("post") });
    expect(codeFailed(error, post, root).issues[0]).toMatchObject({ file: "content/posts/a.mdx", line: 8 });
  });

  test("a component that a file doesn't export is told in words", () => {
    const { root, post } = project();
    const error = new Error(
      "Unable to render /_backfence/body/a/ because it contains an undefined Component!",
    );
    expect(codeFailed(error, post, root).issues[0]?.message).toBe(
      "This post's own code failed: a component in it is undefined, because the file that it is imported from doesn't export it",
    );
  });
});
