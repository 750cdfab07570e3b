import { Readability } from "@mozilla/readability";
import { JSDOM } from "jsdom";
import { beforeAll, expect, test } from "vitest";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

const prose =
  "Somebody is laughing at a story whose beginning you missed, and you stand there with a drink. ".repeat(8);

test("reader modes keep every section, figure, quotation, table and note, and drop the pull quote", async () => {
  const html = await blog.html(
    `${prose}[^1]\n\n## What a community is\n\n${prose}\n\n## Social media and related comments\n\n${prose}\n\n` +
      '<Figure src="./fence.svg" alt="A fence" caption="The fence" />\n\n' +
      '<SocialPost author="Nell" date="2022-11-19" url="https://x.example/1">\n\nWritten on a network.\n\n</SocialPost>\n\n' +
      '<Survey question="Where do you talk?">\n\n- Over the fence: 96\n\n</Survey>\n\n' +
      "<Aside>\n\nBeside the matter.\n\n</Aside>\n\n<Quote pull>Pulled out.</Quote>\n\n" +
      '<Video title="A talk" src="./talk.mp4">\n\nWhat is said.\n\n</Video>\n\n| Medium | Answers |\n|---|---|\n| Blog | 40 |\n\n' +
      "```js\nconst fence = 1;\n```\n\n[^1]: The source of it.",
  );
  const page = `<!doctype html><title>Fences</title><main><article><h1>Fences</h1><div>${html}</div></article></main>`;
  const read = new Readability(new JSDOM(page, { url: "https://blog.example/" }).window.document).parse();
  for (const kept of [
    "What a community is",
    "Social media and related comments",
    "The fence",
    "Written on a network.",
    "Where do you talk?",
    "Over the fence",
    "Beside the matter.",
    "What is said.",
    "Blog",
    "const fence",
    "The source of it.",
  ]) {
    expect(read?.textContent).toContain(kept);
  }
  expect(read?.content).toMatch(/<img[^>]+alt="A fence"/);
  expect(read?.textContent).not.toContain("Pulled out.");
  expect(read?.textContent).not.toContain("#");
});
