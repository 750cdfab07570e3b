import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { COMPONENTS } from "./components/registry.ts";
import { DRAWING } from "../../../tests/fixtures/drawing.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

const guide = ["writing", "code", "components"]
  .map((name) => readFileSync(path.resolve(import.meta.dirname, `../../../docs/${name}.md`), "utf8"))
  .join("\n");
const examples = [...guide.matchAll(/^(`{3,4})mdx\n([\s\S]*?)^\1$/gm)].map((match) => match[2] ?? "");

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
  for (const name of ["listen", "bring", "stay"]) blog.write(`content/posts/hello/${name}.svg`, DRAWING);
  blog.write("content/posts/hello/Week.astro", "<i>week</i>");
});

describe("the guide for authors", () => {
  test.each(examples.map((example) => [example.trim().split("\n")[0] ?? "", example]))(
    "can be copied: %s",
    async (_name, example) => {
      expect(await blog.mistakes(example)).toEqual([]);
    },
  );

  test("documents every component with all of its props", () => {
    expect(examples.length).toBeGreaterThan(12);
    for (const { name, props } of COMPONENTS.values()) {
      expect(examples.some((example) => example.includes(`<${name}`))).toBe(true);
      const section = guide.split(/^##+ /m).find((part) => part.startsWith(`${name}\n`)) ?? "";
      for (const prop of props) expect(section, `${name} ${prop}`).toMatch(new RegExp(`\\b${prop}\\b`));
    }
  });

  test("shows an error message exactly as it is printed", async () => {
    const { issues } = await blog.render('<Figure src="./fense.svg" alt="x" />', { lineOffset: 13 });
    const { formatIssues } = await import("../author-error.ts");
    expect(guide).toContain(`\`\`\`text\n${formatIssues(issues)}\n\`\`\``);
  });
});
