import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { blogFolder, load, post } from "../../tests/support/blog-folder.ts";
import { startServer } from "../../tests/support/http-server.ts";
import { runCommand } from "../../tests/support/run-command.ts";
import { exitCodes } from "./responses/exit-codes.ts";
import { command } from "./fetch-images.ts";

const red = { r: 160, g: 60, b: 40 };
const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: red } })
  .jpeg()
  .toBuffer();

/** A server of pictures, and a post in each format that shows some of them. */
async function setUp() {
  let isDown = true;
  const server = await startServer(({ url }, response) => {
    if (url.startsWith("/late") && isDown) response.writeHead(503).end();
    else if (url.startsWith("/page"))
      response.writeHead(200, { "content-type": "text/html" }).end("<p>no</p>");
    else response.writeHead(200, { "content-type": "image/png" }).end(jpeg);
  });
  const at = (name: string): string => `${server.origin}/${name}`;
  const markdown = post(
    `cover: { src: ${at("cover.png")}, alt: A fence }`,
    [
      `![A fence](${at("wide.jpg?w=800&h=600")} "At the *fence*")`,
      `[the picture itself](${at("wide.jpg?w=800&h=600")}) and ![again][pic]`,
      `<img src="${at("wide.jpg?w=800&amp;h=600")}" alt="In HTML" title='x'>`,
      `[pic]: ${at("other.jpg")} "Other"`,
      `\`\`\`md\n![A fence](${at("wide.jpg?w=800&h=600")})\n\`\`\``,
      `![Late](${at("late.jpg")})`,
    ].join("\n\n"),
  );
  const mdx = post(
    "",
    `<Figure src="${at("a b.jpg".replace(" ", "%20"))}" alt="In a figure" credit="Nell" />\n`,
  );
  const root = blogFolder({ "content/posts/over.md": markdown, "content/posts/own/index.mdx": mdx });
  return {
    ...{ root, at, markdown, server },
    read: (file: string) => readFileSync(path.join(root, "content/posts", file), "utf8"),
    repair: () => (isDown = false),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test("pictures come home in every form, links and code stay, and a later run goes on where one failed", async () => {
  await using blog = await setUp();
  const listed = await runCommand(command, blog.root, "--dry-run");
  expect(listed.out).toContain(`content/posts/over.md:4 ${blog.at("cover.png")}\n`);
  expect(listed.out).toContain("5 pictures on other servers. Nothing was changed");
  expect(blog.read("over.md")).toBe(blog.markdown);
  expect(blog.server.seen).toEqual([]);

  const first = await runCommand(command, blog.root);
  expect(first.code).toBe(exitCodes.partial);
  expect(first.out).toContain(`content/posts/over.md:18 ${blog.at("late.jpg")}: the server answers 503\n`);
  expect(first.out).toContain("Fetched 4 pictures, failed 1.");
  const wide = blog.at("wide.jpg?w=800&h=600");
  expect(blog.read("over.md")).toBe(
    blog.markdown
      .replace(blog.at("cover.png"), "./over/cover.jpg")
      .replace(`](${wide} "At`, '](./over/wide.jpg "At')
      .replace(`"${wide.replace("&", "&amp;")}"`, '"./over/wide.jpg"')
      .replace(`[pic]: ${blog.at("other.jpg")}`, "[pic]: ./over/other.jpg"),
  );
  expect(blog.read("own/index.mdx")).toContain('<Figure src="./a-b.jpg" alt="In a figure" credit="Nell" />');

  blog.repair();
  expect((await runCommand(command, blog.root)).out).toBe(
    "content/posts/over.md: ./over/late.jpg\nFetched 1 picture.\n",
  );
  const { blog: loaded } = await load(blog.root);
  expect(loaded.posts.map(({ slug }) => slug).sort()).toEqual(["over", "own"]);
  const asked = blog.server.seen.length;
  expect((await runCommand(command, blog.root)).out).toBe("Fetched 0 pictures.\n");
  expect(blog.server.seen).toHaveLength(asked);
});

test("what is no picture, or lies in the own network, is named and left", async () => {
  await using server = await startServer((_, response) => void response.end("<p>no</p>"));
  const text = post("", `![a](${server.origin}/page.jpg)\n\n![b](http://192.168.0.1/b.jpg)\n`);
  const root = blogFolder({ "content/posts/x.md": text });
  const { code, out } = await runCommand(command, root, "content/posts/x.md");
  expect(code).toBe(exitCodes.partial);
  expect(out).toContain(`content/posts/x.md:5 ${server.origin}/page.jpg: the server sends no picture`);
  expect(out).toMatch(/x\.md:7 http:\/\/192\.168\.0\.1\/b\.jpg: /);
  expect(readFileSync(path.join(root, "content/posts/x.md"), "utf8")).toBe(text);
  expect(existsSync(path.join(root, "content/posts/x"))).toBe(false);
});

test("a file that isn't there, or is no text, is a mistake in the command", async () => {
  const root = blogFolder();
  await expect(runCommand(command, root, "content/posts/none.md")).rejects.toThrow(
    "There is no file content/posts/none.md",
  );
  await expect(runCommand(command, root, "photo.jpg")).rejects.toThrow(
    "name a file that ends in .md or .mdx",
  );
});
