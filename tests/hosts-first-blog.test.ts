/** From an empty folder to a blog on a server: the commands in the README, then a browser. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ASTRO, root, runNode } from "./support/build.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { startCaddy, startNginx } from "./support/web-servers.ts";
import { sharedBrowser } from "./support/use-site.ts";

const machine = tempSiteFolder();
const blog = path.join(machine, "my-blog");
let browser: Browser;

beforeAll(async () => {
  browser = await sharedBrowser();
});

/** Runs a Node program as an author does. @returns its output. */
async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const { status, output } = await runNode(args, { cwd, env: {} });
  expect(status, output).toBe(0);
  return output;
}

const backfence = (cwd: string, ...args: readonly string[]): Promise<string> =>
  run(cwd, path.join(root, "src/cli/backfence.ts"), ...args);

test("a new blog works on Caddy and nginx, and its post is in search and in the feed", async () => {
  const answers = ["--title", "Notes from here", "--author", "Ada Example", "--url", "https://me.example/"];
  await backfence(machine, "init", "my-blog", "--yes", ...answers, "--host", "caddy");
  // As `npm install` does.
  mkdirSync(path.join(blog, "node_modules"));
  symlinkSync(root, path.join(blog, "node_modules/backfence"), "junction");
  const made = await backfence(blog, "new", "Hedgehogs at dusk", "--no-draft", "--md");
  const file = path.join(blog, /content\/posts\/\S+/.exec(made)?.[0] ?? "");
  writeFileSync(file, `${readFileSync(file, "utf8")}\nThey rustle under the quincetree.\n`);
  expect(await backfence(blog, "check")).toContain("No errors in 2 posts");
  await backfence(blog, "host", "nginx");
  await run(blog, ASTRO, "build");
  await backfence(blog, "host", "--built");
  expect(readdirSync(path.join(blog, "dist"))).toContain("index.html.br");

  const servers = [
    () => startCaddy(path.join(blog, "host/Caddyfile"), blog, { BLOG_ROOT: path.join(blog, "dist") }),
    () => startNginx(path.join(blog, "host/nginx.conf"), blog, { "/srv/blog": blog }),
  ];
  for (const start of servers) {
    const server = await start();
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const refused: string[] = [];
      page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
      page.on("response", (response) => response.status() >= 400 && refused.push(response.url()));
      await page.goto(`${server.origin}/`);
      await page.getByRole("link", { name: "Hedgehogs at dusk" }).first().click();
      await page.getByText("They rustle under the quincetree.").waitFor();
      // Keyboard shortcuts work once the page's scripts have run.
      await page.waitForLoadState();
      await page.locator("[data-search]").first().focus();
      await page.keyboard.press("/");
      await page.getByRole("dialog").getByRole("searchbox").fill("quincetree");
      await page.getByRole("dialog").locator(".hits a", { hasText: "Hedgehogs at dusk" }).waitFor();
      const feed = await fetch(`${server.origin}/rss.xml`);
      expect(feed.headers.get("content-type")).toBe("text/xml; charset=utf-8");
      expect(await feed.text()).toContain("<title>Hedgehogs at dusk</title>");
      expect(refused).toEqual([]);
    } finally {
      await context.close();
      await server.close();
    }
  }
}, 600_000);
