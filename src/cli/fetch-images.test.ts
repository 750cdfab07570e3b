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

/** A picture server, and one post in each format that shows pictures from it. */
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

test("pictures in every syntax are downloaded, links and code stay, and the next run retries failed ones", async () => {
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
  const { host } = new URL(blog.server.origin);
  expect(blog.read("over.md")).toBe(
    blog.markdown
      .replace(blog.at("cover.png"), "./over/cover.jpg")
      .replace(
        `src: ./over/cover.jpg`,
        `src: ./over/cover.jpg, credit: "${host}", creditUrl: "${blog.at("cover.png")}"`,
      )
      .replace(`](${wide} "At the *fence*")`, `](./over/wide.jpg "At the *fence* (${host})")`)
      .replace(`"${wide.replace("&", "&amp;")}"`, '"./over/wide.jpg"')
      .replace(`[pic]: ${blog.at("other.jpg")} "Other"`, `[pic]: ./over/other.jpg "Other (${host})"`),
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

test("an address that isn't a picture, or is in the local network, is listed and left unchanged", async () => {
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

test("a missing file, or one that isn't Markdown, is a usage error", async () => {
  const root = blogFolder();
  await expect(runCommand(command, root, "content/posts/none.md")).rejects.toThrow(
    "There is no file content/posts/none.md",
  );
  await expect(runCommand(command, root, "photo.jpg")).rejects.toThrow(
    "name a file that ends in .md or .mdx",
  );
});

test("a picture without a credit gets its server's name, unless --no-credit is set", async () => {
  await using server = await startServer((_, response) => void response.end(jpeg));
  const { host } = new URL(server.origin);
  const front = `cover:\n  src: ${server.origin}/cover.jpg\n  alt: A fence`;
  const body = [
    `![A fence](${server.origin}/a.jpg)`,
    `<Figure src="${server.origin}/b.jpg" alt="A fence" />`,
    `![A fence](${server.origin}/c.jpg "By Ann (${host})")`,
  ].join("\n\n");
  const files = { "content/posts/x.mdx": post(front, body) };
  const [root, own] = [blogFolder(files), blogFolder(files)];
  await runCommand(command, root);
  const credited = readFileSync(path.join(root, "content/posts/x.mdx"), "utf8");
  expect(credited).toBe(
    post(
      `cover:\n  src: ./x/cover.jpg\n  credit: "${host}"\n  creditUrl: "${server.origin}/cover.jpg"\n  alt: A fence`,
      [
        `![A fence](./x/a.jpg "${host}")`,
        `<Figure src="./x/b.jpg" credit="${host}" creditUrl="${server.origin}/b.jpg" alt="A fence" />`,
        `![A fence](./x/c.jpg "By Ann (${host})")`,
      ].join("\n\n"),
    ),
  );
  expect((await load(root)).blog.posts).toHaveLength(1);
  await runCommand(command, own, "--no-credit");
  expect(readFileSync(path.join(own, "content/posts/x.mdx"), "utf8")).toBe(
    post(front, body).replaceAll(`${server.origin}/`, "./x/"),
  );
});

test("the reported line is that of the picture, not of a link to it", async () => {
  await using server = await startServer((_, response) => void response.writeHead(404).end());
  const at = `${server.origin}/a.jpg`;
  const text = post("", `A [link](${at}).\n\n\`${at}\`\n\nText\nand ![a fence](${at}) there\n`);
  const root = blogFolder({ "content/posts/x.md": text });
  expect((await runCommand(command, root, "--dry-run")).out).toContain(`content/posts/x.md:10 ${at}\n`);
  expect((await runCommand(command, root)).out).toContain(
    `content/posts/x.md:10 ${at}: the server answers 404`,
  );
});

test("a truncated picture or an SVG with a script isn't saved", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script>1</script></svg>';
  const large = await sharp({ create: { width: 800, height: 600, channels: 3, background: red } })
    .png()
    .toBuffer();
  await using server = await startServer(({ url }, response) => {
    response.end(url.startsWith("/cut") ? large.subarray(0, large.length / 2) : svg);
  });
  const text = post("", `![a](${server.origin}/cut.png)\n\n![b](${server.origin}/script.svg)\n`);
  const root = blogFolder({ "content/posts/x.md": text });
  const { out } = await runCommand(command, root);
  expect(out).toMatch(/x\.md:5 .*\/cut\.png: the picture is cut off or damaged/);
  expect(out).toMatch(/x\.md:7 .*\/script\.svg: the picture holds a <script>/);
  expect(existsSync(path.join(root, "content/posts/x"))).toBe(false);
});

test("requests to one server are paced, and stop after a 429 or repeated failures", async () => {
  await using busy = await startServer((_, response) => void response.writeHead(429).end());
  await using down = await startServer((_, response) => void response.writeHead(503).end());
  await using fine = await startServer((_, response) => void response.end(jpeg));
  const pictures = Array.from({ length: 7 }, (_, index) =>
    [busy, down, fine].map(({ origin }) => `![a fence](${origin}/${index}.jpg)`).join("\n"),
  );
  const root = blogFolder({ "content/posts/x.md": post("", pictures.join("\n\n")) });
  const pauses: number[] = [];
  const { out } = await runCommand(command, root, {
    sleep: async (ms) => void pauses.push(ms),
  });
  expect([busy, down, fine].map(({ seen }) => seen.length)).toEqual([1, 5, 7]);
  expect(pauses).toEqual(Array.from({ length: 4 + 6 }, () => 500));
  expect(out).toContain(`${busy.origin}/1.jpg: the server asks to wait`);
  expect(out).toContain(`${down.origin}/5.jpg: the server doesn't answer`);
  expect(out).toContain("Fetched 7 pictures, failed 14.");
});
