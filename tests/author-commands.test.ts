import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { blogFolder, post } from "./support/blog-folder.ts";
import { root, runNode } from "./support/build.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder } from "./support/temp-folder.ts";

interface Matcher {
  readonly tasks: readonly {
    readonly problemMatcher: { readonly pattern: readonly { readonly regexp: string }[] };
  }[];
}

test("an editor shows each error at its line", async () => {
  const folder = blogFolder({
    "content/posts/hello.mdx": post("titel: x", "[x](/none/)\n"),
    "content/posts/old.md": "x",
    "content/posts/old.mkd": "x",
  });
  const args = ["--content", path.join(folder, "content"), "--cache", path.join(folder, "cache")];
  const { status, output } = await runNode([path.join(root, "src/cli/backfence.ts"), "check", ...args], {
    cwd: root,
    env: {},
  });
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

test("a command starts quickly: it loads no unneeded packages, and Node caches its compiled code", async () => {
  const place = tempFolder("start");
  const list = path.join(place, "packages.json");
  const hook = pathToFileURL(path.join(root, "tests/fixtures/list-packages.mjs")).href;
  const { status, output } = await runNode([path.join(root, "src/cli/backfence.ts"), "check"], {
    cwd: blogFolder({ "content/posts/hello.md": post() }),
    env: {
      NODE_OPTIONS: `--import ${hook}`,
      LIST_PACKAGES: list,
      NODE_COMPILE_CACHE: "",
      ...{ TMPDIR: place, TEMP: place, TMP: place },
    },
  });
  expect(status, output).toBe(0);
  const loaded: unknown = JSON.parse(readFileSync(list, "utf8"));
  expect(loaded).toContain("satteri");
  for (const name of ["astro", "vite", "sharp", "pagefind", "undici", "hono", "fontkitten", "subset-font"])
    expect(loaded).not.toContain(name);
  expect(existsSync(path.join(place, "node-compile-cache"))).toBe(true);
});

test("check --external reports dead links with file, line and an archived copy, and requests no URL twice", async () => {
  const copy = {
    available: true,
    url: "http://web.archive.org/web/2020/x",
    status: "200",
    timestamp: "2020",
  };
  await using server = await startServer(({ url }, response) => {
    if (url.startsWith("/wayback")) response.end(JSON.stringify({ archived_snapshots: { closest: copy } }));
    else response.writeHead(url === "/gone" ? 404 : 200).end("text");
  });
  const text = `[a](${server.origin}/fine) and [b](${server.origin}/gone#part).\n\n[b](${server.origin}/gone)\n`;
  const folder = blogFolder({ "content/posts/hello.md": post("", text) });
  const check = () =>
    runNode([path.join(root, "src/cli/backfence.ts"), "check", "--external"], {
      cwd: folder,
      env: { NO_COLOR: "1", BACKFENCE_ALLOW_LOOPBACK: "1", WAYBACK_API_URL: `${server.origin}/wayback` },
    });
  const first = await check();
  expect(first.status, first.output).toBe(3);
  expect(first.output.replaceAll(server.origin, "http://other.example")).toContain(`content/posts/hello.md:5
  http://other.example/gone#part is gone (answers 404)
    Archived copy: https://web.archive.org/web/2020/x

content/posts/hello.md:7
  http://other.example/gone is gone (answers 404)
    Archived copy: https://web.archive.org/web/2020/x

Addresses: 2; dead links: 2.
`);
  const pages = () => server.seen.filter(({ url }) => !url.startsWith("/wayback")).map(({ url }) => url);
  expect(pages().sort()).toEqual(["/fine", "/gone"]);
  expect((await check()).status).toBe(3);
  expect(pages()).toHaveLength(2);
});
