/** `npm run dev` from an author's view: the command in a terminal, the blog in a browser, files saved by an editor. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { root } from "../support/build.ts";
import { startDevCommand, type DevCommand } from "../support/dev-command.ts";
import { sharedBrowser } from "../support/use-site.ts";

const SETTINGS = "title: A small blog\nurl: https://small.example/blog/\ntimeZone: Europe/Berlin\n";

function post(title: string, body: string, front = "date: 2024-01-01"): string {
  return `---\ntitle: ${title}\ndescription: About ${title}\n${front}\n---\n\n${body}\n`;
}

function component(words: string, colour: string): string {
  return `<p class="own">${words}</p>\n\n<style>\n  .own {\n    color: ${colour};\n  }\n</style>\n`;
}

const WITH_COMPONENT = 'import Own from "./own.astro";\n\nBefore it.\n\n<Own />';

/** A pending response that tries to inject markup. */
const PENDING = {
  ...{ type: "entry", "wm-id": 7, status: "pending", suspicion: ["3: many links"] },
  author: { type: "card", name: "Mallory <b>Bold</b>", url: "https://mallory.example/" },
  content: { text: "Buy <script>alert(1)</script> pears." },
  ...{ url: "https://mallory.example/1", published: "2024-02-01T10:00:00Z" },
  ...{ "wm-source": "https://mallory.example/1", "wm-target": "https://small.example/blog/posts/open/" },
  ...{ "wm-protocol": "webmention", "wm-property": "in-reply-to", "wm-received": "2024-02-01T10:00:00Z" },
};

const FILES = {
  "site.yaml": SETTINGS,
  "authors/ada.yaml": "name: Ada\n",
  "posts/open.mdx": post("The open gate", "Words of the gate."),
  "responses/open.json": `${JSON.stringify({ type: "feed", children: [PENDING] }, null, 2)}\n`,
  "posts/half.mdx": post("Half done", "Words of the draft.", "date: 2024-01-02\ndraft: true"),
  "posts/later.mdx": post("Yet to come", "Words of the future.", "date: 2999-01-01"),
  "posts/own/index.mdx": post("A part of its own", WITH_COMPONENT),
  "posts/own/own.astro": component("First shape", "rgb(1, 2, 3)"),
};

/**
 * Configuration with a middleware that delays requests with `x-delay`, and logs that and each transform of own.astro.
 */
const CONFIG = `import { defineConfig } from "astro/config";
import backfence from ${JSON.stringify(path.join(root, "src/index.ts"))};

const slow = (request, response, next) => {
  const delay = request.headers["x-delay"];
  if (delay === undefined) return next();
  console.log("delayed " + request.url);
  setTimeout(next, Number(delay));
};

export default defineConfig({
  cacheDir: "./cache",
  integrations: [
    backfence(),
    { name: "slow", hooks: { "astro:server:setup": ({ server }) => void server.middlewares.use(slow) } },
  ],
  vite: {
    plugins: [
      { name: "told", transform: (_, id) => (id.endsWith("own.astro") ? console.log("made own.astro") : undefined) },
    ],
  },
});
`;

let browser: Browser;
let page: Page;
let dev: DevCommand;

beforeAll(async () => {
  [browser, dev] = await Promise.all([sharedBrowser(), startDevCommand(FILES, CONFIG)]);
}, 120_000);
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());
afterAll(async () => {
  await dev.stop("SIGTERM");
  rmSync(dev.folder, { recursive: true, force: true });
});

/** Waits until the page at a path contains a text. */
const serves = (path: string, text: string) =>
  expect.poll(async () => (await fetch(dev.url() + path)).text(), { timeout: 40_000 }).toContain(text);
const shows = (text: string) => page.getByRole("main").getByText(text).first().waitFor();

test("drafts and scheduled posts are shown in dev, with a label", async () => {
  await page.goto(`${dev.url()}posts/`);
  const marks = page.locator("main .held");
  await expect
    .poll(async () => (await marks.allTextContents()).sort(), { timeout: 10_000 })
    .toEqual(["Draft", "Scheduled"]);
  await page.goto(`${dev.url()}posts/half/`);
  await shows("Words of the draft.");
  await shows("Draft");
});

describe("the desk", () => {
  const section = (name: string) => page.getByRole("region", { name });

  test("lists drafts, scheduled posts, pending responses and broken links", async () => {
    expect(dev.told()).toContain(`Desk: ${dev.url()}_desk/`);
    dev.write("posts/open.mdx", post("The open gate", "Words of the gate. [Gone](https://gone.example/a)."));
    const checked = { verdict: "dead", reason: "answers 404", checked: "2024-03-01T00:00:00Z" };
    const results = { "https://gone.example/a": { ...checked, since: checked.checked } };
    mkdirSync(path.join(dev.folder, ".cache/check"), { recursive: true });
    writeFileSync(path.join(dev.folder, ".cache/check/links.json"), JSON.stringify(results));
    await serves("_desk/", "gone.example");
    await page.goto(`${dev.url()}_desk/`);
    await section("To fix").getByText("content/posts/open.mdx:7").waitFor();
    await section("To fix").getByText("checked on March 1, 2024").waitFor();
    await section("Drafts").getByRole("link", { name: "Half done" }).waitFor();
    await section("Drafts").getByText("content/posts/half.mdx").waitFor();
    await section("Schedule").getByRole("link", { name: "Yet to come" }).waitFor();
    await section("Schedule")
      .getByText(/in [\d,]+ days/)
      .waitFor();
    const isApart = await section("Schedule")
      .locator(".row")
      .first()
      .evaluate((row) => {
        const date = row.querySelector("time")?.getBoundingClientRect();
        const title = row.querySelector(".row-title")?.getBoundingClientRect();
        return date !== undefined && title !== undefined && date.right <= title.left;
      });
    expect(isApart).toBe(true);
    const waiting = section("Waiting responses");
    await waiting.getByText("Buy <script>alert(1)</script> pears.").waitFor();
    await waiting.getByText("3: many links").waitFor();
    await waiting.getByText("moderate --approve open/webmention:7").waitFor();
    await page.evaluate(() => document.querySelectorAll("iframe").forEach((frame) => frame.remove()));
    // Headers in Astro's dev toolbar count as banners of the page once it has loaded.
    const faults = await axeFaults(page, { within: "main" });
    expect(faults.filter((fault) => !fault.startsWith("landmark-no-duplicate-banner"))).toEqual([]);
    await section("Drafts").getByRole("link", { name: "Half done" }).click();
    await shows("Words of the draft.");
  });

  test("shows each post's social image and feed entry, without running scripts of the post", async () => {
    await page.goto(`${dev.url()}_desk/`);
    const item = page.locator(".desk-posts > li").filter({ hasText: "Half done" });
    const picture = item.getByRole("img", { name: "Social picture: Half done" });
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 60_000 })
      .toBe(1200);
    await item.getByText("Feed entry").click();
    const entry = item.frameLocator("iframe");
    await entry.getByRole("heading", { name: "Half done" }).waitFor();
    await entry.getByText("Words of the draft.").waitFor();
  });

  test("shows errors together with the last valid content, while other pages show only the errors", async () => {
    dev.write("posts/open.mdx", post("The open gate", "Words of the gate.", "date: yesterday"));
    await expect.poll(() => dev.told(), { timeout: 20_000 }).toContain("content/posts/open.mdx:4");
    await page.goto(`${dev.url()}_desk/`);
    await section("To fix").getByText("content/posts/open.mdx:4").waitFor();
    await section("Drafts").getByRole("link", { name: "Half done" }).waitFor();
    dev.write("posts/open.mdx", FILES["posts/open.mdx"]);
    await section("To fix").getByText("Nothing to fix").waitFor();
  });
});

describe("a saved file", () => {
  test("changes the open page, the lists and the feeds", async () => {
    await page.goto(`${dev.url()}posts/open/`);
    await shows("Words of the gate.");
    dev.write("posts/open.mdx", post("The open door", "Words of the door."));
    await shows("Words of the door.");
    await serves("", "The open door");
    await serves("rss.xml", "Words of the door.");
  });

  test("doesn't reload the modules of other posts", async () => {
    const made = () => dev.told().split("made own.astro").length - 1;
    await serves("posts/own/", "First shape");
    const before = made();
    expect(before).toBeGreaterThan(0);
    dev.write("posts/open.mdx", post("The open door", "Words of the door. Beside the others."));
    await serves("posts/open/", "Beside the others.");
    await serves("posts/own/", "First shape");
    expect(made()).toBe(before);
  });

  test("also updates a page that was rendered before the change and connected after it", async () => {
    const address = `${dev.url()}posts/open/`;
    let asked = 0;
    page.on("request", (request) => void (asked += request.url() === address ? 1 : 0));
    // The first visit reports an outdated content state.
    await page.addInitScript(() => {
      if (sessionStorage.getItem("visited") !== null) return;
      sessionStorage.setItem("visited", "yes");
      const get = () => [{ name: "content-state", description: "0" }];
      Object.defineProperty(PerformanceResourceTiming.prototype, "serverTiming", { get });
    });
    await page.goto(address);
    await expect.poll(() => asked, { timeout: 10_000 }).toBe(2);
    await page.waitForLoadState("networkidle");
    expect(asked).toBe(2);
  });

  test("doesn't interrupt a page that is being rendered", async () => {
    const headers = { accept: "text/html", "x-delay": "1000" };
    const answer = fetch(`${dev.url()}posts/open/?slow`, { headers });
    await expect.poll(() => dev.told()).toMatch(/delayed \S*\?slow/);
    dev.write("posts/half.mdx", post("Half done", "Words of the half.", "date: 2024-01-02\ndraft: true"));
    const { status, html } = await answer.then(async (one) => ({
      status: one.status,
      html: await one.text(),
    }));
    expect(status).toBe(200);
    expect(html).toContain("Words of the door.");
    await serves("posts/half/", "Words of the half.");
  });

  test("updates the page in a browser that can't connect to the WebSocket", async () => {
    await page.routeWebSocket(/token=/, (socket) => void socket.close());
    await page.goto(`${dev.url()}posts/open/`);
    await shows("Words of the door.");
    dev.write("posts/open.mdx", post("The open door", "Words after all."));
    await shows("Words after all.");
  });

  test("becomes a page immediately when it's new", async () => {
    await page.goto(`${dev.url()}posts/`);
    dev.write("posts/fresh.mdx", post("A fresh one", "Fresh words.", "date: 2024-05-01"));
    await page.getByRole("link", { name: "A fresh one" }).first().waitFor();
    await serves("posts/fresh/", "Fresh words.");
  });

  test("with errors is reported in the browser and in the terminal, with file and line, until it's fixed", async () => {
    await page.goto(`${dev.url()}posts/open/`);
    dev.write("posts/open.mdx", post("The open door", 'A <Figur src="x.png" /> here.', "date: yesterday"));
    await page.getByRole("heading", { name: "2 errors to fix" }).waitFor();
    for (const place of ["content/posts/open.mdx:4", "content/posts/open.mdx:7"]) {
      expect(dev.told()).toContain(place);
      expect(await page.getByRole("heading", { name: place }).count()).toBe(1);
    }
    expect(await page.locator("body").innerText()).toContain("Did you mean <Figure>?");
    dev.write("posts/open.mdx", post("The open door", "A pear here.", "date: yesterday"));
    await page.getByRole("heading", { name: "1 error to fix" }).waitFor();
    dev.write("posts/open.mdx", post("The open door", "All is well."));
    await shows("All is well.");
  });
});

test("search finds new text immediately, including drafts", async () => {
  await page.goto(`${dev.url()}posts/half/`);
  dev.write("posts/half.mdx", post("Half done", "A hedgehog came.", "date: 2024-01-02\ndraft: true"));
  await shows("A hedgehog came.");
  await page.locator("button[data-act=display]").waitFor();
  await page.keyboard.press("/");
  await page.getByRole("dialog").getByRole("searchbox").fill("hedgehog");
  await page.getByRole("dialog").getByRole("link", { name: "Half done" }).waitFor();
});

describe("a post with a component of its own", () => {
  const own = () => page.locator("main .own");

  test("shows it with its styles, and updates when it's edited", async () => {
    await page.goto(`${dev.url()}posts/own/`, { waitUntil: "networkidle" });
    await shows("First shape");
    expect(await own().evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)");
    dev.write("posts/own/own.astro", component("Second shape", "rgb(4, 5, 6)"));
    await shows("Second shape");
    await expect
      .poll(() => own().evaluate((element) => getComputedStyle(element).color), { timeout: 10_000 })
      .toBe("rgb(4, 5, 6)");
    await page.waitForLoadState("networkidle");
    dev.write("posts/own/index.mdx", post("A part of its own", `${WITH_COMPONENT}\n\nAnd {1 + 1} more.`));
    await shows("And 2 more.");
  });

  test("can be created while the server runs", async () => {
    dev.write("posts/second.mdx", post("A second", WITH_COMPONENT.replace("./own", "./own/own")));
    await serves("posts/second/", "Second shape");
    await serves("posts/", "A second");
  });

  test("shows when the component fails, with the reason in the terminal, and recovers when it's fixed", async () => {
    await page.goto(`${dev.url()}posts/own/`);
    dev.write("posts/own/own.astro", "---\nconst { length } = undefined.gate;\n---\n\n<p>{length}</p>\n");
    await expect.poll(() => dev.told(), { timeout: 30_000 }).toContain("reading 'gate'");
    expect(dev.told()).toContain("own.astro:");
    dev.write("posts/own/own.astro", component("Third shape", "rgb(7, 8, 9)"));
    await shows("Third shape");
  });
});

test("changed settings are applied, including a change while the server restarts for another one", async () => {
  await page.goto(dev.url(), { waitUntil: "networkidle" });
  const state = async () => (await fetch(dev.url())).headers.get("server-timing");
  const before = await state();
  const failures: string[] = [];
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A navigation that is aborted by a reload isn't an error.
    if (request.isNavigationRequest() && reason !== "net::ERR_ABORTED") failures.push(reason);
  });
  dev.write("site.yaml", SETTINGS.replace("A small blog", "A tall blog"));
  await page.getByRole("banner").getByText("A tall blog").first().waitFor();
  // Wait until Astro has restarted.
  await expect.poll(() => state().catch(() => before)).not.toBe(before);
  expect(failures).toEqual([]);
  const restarts = () => dev.told().split("Restarting").length;
  const count = restarts();
  dev.write("site.yaml", SETTINGS.replace("A small blog", "A wide blog"));
  await expect.poll(restarts).toBeGreaterThan(count);
  dev.write("site.yaml", SETTINGS.replace("/blog/", "/notes/"));
  await serves("../notes/posts/half/", "Half done");
});

test("Ctrl+C stops it and leaves no process", async () => {
  const url = dev.url();
  expect(await dev.stop("SIGINT")).toMatchObject({ left: [] });
  await expect(fetch(url)).rejects.toThrow();
});

test("it starts in spite of an error in a post, shows the error, and works once it's fixed", async () => {
  const other = await startDevCommand({ ...FILES, "posts/open.mdx": post("Open", "Words.", "date: soon") });
  try {
    expect(other.told()).toContain("content/posts/open.mdx:4");
    await page.goto(other.url());
    await page.getByRole("heading", { name: "1 error to fix" }).waitFor();
    other.write("posts/open.mdx", post("Open", "Words."));
    await page.getByRole("banner").getByText("A small blog").first().waitFor();
  } finally {
    expect(await other.stop("SIGTERM")).toMatchObject({ left: [] });
    rmSync(other.folder, { recursive: true, force: true });
  }
});

test("in an empty folder, the home page says how to begin", async () => {
  const other = await startDevCommand({});
  try {
    expect(other.told()).toContain("There is no content/site.yaml");
    expect(other.told()).toContain('There are no posts yet: npx backfence new "A title" makes one.');
    await page.goto(other.url());
    await page.getByRole("heading", { level: 1 }).waitFor();
  } finally {
    await other.stop("SIGTERM");
    rmSync(other.folder, { recursive: true, force: true });
  }
});
