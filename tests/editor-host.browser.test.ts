/**
 * The editor with a repository on a git host: the author signs in and edits, and the repository has a commit. GitHub's
 * API and the OAuth service are stand-ins at their real URLs, so that the page's Content Security Policy applies to
 * them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import { root, runNode } from "./support/build.ts";
import { GitHubStandIn } from "./support/github-stand-in.ts";
import { buildNew } from "./support/shared-builds.ts";
import { serveStatic, type StaticServer } from "./support/static-server.ts";
import { tempFolder, tempSiteFolder } from "./support/temp-folder.ts";
import { sharedBrowser } from "./support/use-site.ts";

const TOKEN = "gho_standIn123";
const FILES: Readonly<Record<string, string>> = {
  "content/site.yaml": `title: Editor blog
url: https://me.example/
timeZone: Europe/Berlin
socialPictures: false
editor:
  repo: me/blog
  signIn: https://oauth.me.example
`,
  "content/authors/ada.yaml": "name: Ada Example\n",
  "content/posts/over/index.md":
    "---\ntitle: Over the fence\ndate: 2026-03-01\ntags: [customers]\n---\n\nText with ==mark==.\n",
};

/** Page of the OAuth service of Decap and Sveltia after the user has agreed. */
const OAUTH_PAGE = `<!doctype html><title>Sign in</title><script>
addEventListener("message", ({ data, origin }) => {
  if (data === "authorizing:github")
    opener.postMessage('authorization:github:success:{"provider":"github","token":"${TOKEN}"}', origin);
});
opener.postMessage("authorizing:github", "*");
</script>`;

const folder = tempSiteFolder();
const repository = tempFolder("repository");
const github = new GitHubStandIn(repository, TOKEN);
let browser: Browser;
let server: StaticServer;
let context: BrowserContext;
let page: Page;
const oauthAsked: string[] = [];

function write(place: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), text);
  }
}

function git(...args: readonly string[]): string {
  const name = ["-c", "user.name=Me", "-c", "user.email=me@me.example"];
  return execFileSync("git", [...name, ...args], { cwd: repository, encoding: "utf8" });
}

beforeAll(async () => {
  write(folder, FILES);
  write(repository, FILES);
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "Begin");
  [browser] = await Promise.all([sharedBrowser(), buildNew({ folder })]);
  server = await serveStatic(path.join(folder, "dist"), "/");
}, 300_000);
afterAll(async () => {
  await server?.close();
});

beforeEach(async () => {
  oauthAsked.length = 0;
  context = await browser.newContext({ locale: "en", timezoneId: "Europe/Berlin" });
  await context.route("https://api.github.com/**", async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const cors = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
      "access-control-allow-methods": "*",
    };
    if (request.method() === "OPTIONS") return route.fulfill({ status: 204, headers: cors });
    const { authorization } = await request.allHeaders();
    const reply = github.answer(request.method(), pathname + search, authorization, request.postData());
    return route.fulfill({ ...reply, headers: { ...cors, "content-type": "application/json" } });
  });
  await context.route("https://oauth.me.example/**", (route) => {
    oauthAsked.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: OAUTH_PAGE });
  });
  page = await context.newPage();
  await page.goto(`${server.url}admin/`);
});
afterEach(() => context.close());

test("signs in through the OAuth service, edits a post, and the repository has a commit that `check` accepts", async () => {
  await page.getByRole("button", { name: /sign in with .*github/i }).click();
  await page.getByText("Over the fence").first().click();
  await page.getByRole("textbox", { name: "Title" }).first().fill("Over the hedge");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect.poll(() => git("rev-list", "--count", "main")).toBe("2\n");
  expect(git("show", "--format=", "main")).toContain("+title: Over the hedge");
  expect(git("show", "main:content/posts/over/index.md")).toContain("Text with ==mark==.");
  expect(oauthAsked[0]).toMatch(
    /^https:\/\/oauth\.me\.example\/auth\?provider=github&site_id=[\w.]+&scope=repo%2Cuser$/,
  );
  expect(github.unknown).toEqual([]);
  write(folder, { "content/posts/over/index.md": git("show", "main:content/posts/over/index.md") });
  const check = await runNode([path.join(root, "src/cli/backfence.ts"), "check"], {
    cwd: folder,
    env: {},
  });
  expect(check.output).toContain("No errors in 1 post");
});

test("signs in with an access token; a wrong one is refused", async () => {
  const signIn = async (token: string): Promise<void> => {
    await page.getByRole("button", { name: /token/i }).first().click();
    await page.getByRole("alertdialog").getByRole("textbox").fill(token);
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: /sign in/i })
      .click();
  };
  await signIn("wrong");
  await page
    .getByText(/invalid|failed|error|incorrect/i)
    .first()
    .waitFor();
  await page.reload();
  await signIn(TOKEN);
  await page
    .getByText(/Over the (?:fence|hedge)/)
    .first()
    .waitFor();
});

test("the configuration has the repository and the service, and contains no secret", () => {
  const config = JSON.parse(readFileSync(path.join(folder, "dist/admin/config.json"), "utf8")) as {
    backend: object;
  };
  expect(config.backend).toEqual({ name: "github", repo: "me/blog", base_url: "https://oauth.me.example" });
});
