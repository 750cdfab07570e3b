import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { SITES } from "../support/sites.ts";
import { usePage, useSite } from "../support/use-site.ts";

describe.each(SITES)("giscus, %s", (_name, site) => {
  const server = useSite(site);
  let context: BrowserContext;
  let page: Page;
  usePage(server, { colorScheme: "light", reducedMotion: "reduce" }, (fresh) => {
    page = fresh;
    context = page.context();
  });

  test("giscus loads on click, mapped by the post's ID, in the page's theme", async () => {
    const frames: string[] = [];
    await context.route("https://giscus.app/**", (route) => {
      frames.push(route.request().url());
      return route.fulfill({
        contentType: "text/html",
        body: "<!doctype html><title>giscus</title><p>Here</p>",
      });
    });
    const violations: string[] = [];
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) violations.push(message.text());
    });
    await page.goto(`${server.url}posts/one-more-story/`, { waitUntil: "networkidle" });
    expect(frames).toEqual([]);
    await page.locator("[data-act=giscus]").click();
    await expect.poll(() => frames.length).toBeGreaterThan(0);
    const asked = new URL(frames[0] ?? "");
    expect(asked.searchParams.get("term")).toBe("one-more-story");
    expect(asked.searchParams.get("strict")).toBe("1");
    expect(asked.searchParams.get("theme")).toBe("preferred_color_scheme");
    expect(violations).toEqual([]);
  });

  // A base path only changes URLs.
  if (site.base !== "/") return;

  test("giscus loads in the theme that the reader has chosen", async () => {
    const frames: string[] = [];
    await context.route("https://giscus.app/**", (route) => {
      frames.push(route.request().url());
      return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>giscus</title>" });
    });
    await page.goto(`${server.url}posts/one-more-story/`);
    await page.locator("button[data-act=display]").click();
    await page.locator("#display input[name=theme][value=dark]").check();
    await page.keyboard.press("Escape");
    await page.locator("[data-act=giscus]").click();
    await expect.poll(() => frames.length).toBeGreaterThan(0);
    expect(new URL(frames[0] ?? "").searchParams.get("theme")).toBe("dark");
  });

  test("a post with closed comments doesn't offer giscus", async () => {
    await page.goto(`${server.url}posts/virtual-backyard-fence/`);
    expect(await page.locator("[data-giscus]").count()).toBe(0);
    expect(await page.locator("#responses").textContent()).toMatch(/closed/i);
  });

  test("giscus changes its theme with the page", async () => {
    const asked: string[] = [];
    await context.route("https://giscus.app/**", (route) => {
      asked.push(route.request().url());
      const body = `<!doctype html><script>
      parent.postMessage({ giscus: { resizeHeight: 300 } }, "*");
      addEventListener("message", ({ data }) => (document.title = data.giscus.setConfig?.theme ?? document.title));
    </script>`;
      return route.fulfill({ contentType: "text/html", body });
    });
    await page.goto(`${server.url}posts/one-more-story/`);
    await page.locator("[data-act=giscus]").click();
    await expect.poll(() => asked.length).toBe(1);
    expect(new URL(asked[0] ?? "").searchParams.get("theme")).toBe("preferred_color_scheme");
    await expect.poll(() => page.locator(".giscus-status").textContent()).toBe("");
    await page.keyboard.press("t");
    await page.keyboard.press("t");
    const frame = page.frames().find((candidate) => candidate.url().startsWith("https://giscus.app"));
    await expect.poll(() => frame?.title()).toBe("dark");
  });

  test("when giscus can't be loaded, the page says so and still links to GitHub", async () => {
    await context.route("https://giscus.app/**", (route) => route.abort());
    await page.clock.install();
    await page.goto(`${server.url}posts/one-more-story/`);
    await page.locator("[data-act=giscus]").click();
    await page.locator("giscus-widget").waitFor({ state: "attached" });
    await page.clock.fastForward("00:20");
    const failed = (await page.locator("[data-giscus]").getAttribute("data-failed")) ?? "";
    expect(failed).not.toBe("");
    await expect.poll(() => page.locator(".giscus-status").textContent()).toBe(failed);
    expect(await page.locator("[data-giscus] a").getAttribute("href")).toMatch(/^https:\/\/github\.com\//);
  });

  test("without JavaScript, there is the same link, with a note that replies are public on GitHub", async () => {
    const plain = await server.browser.newContext({ javaScriptEnabled: false });
    const still = await plain.newPage();
    await still.goto(`${server.url}posts/one-more-story/`);
    expect(await still.locator("[data-giscus] a").getAttribute("href")).toMatch(/^https:\/\/github\.com\//);
    expect(await still.locator("[data-giscus]").innerText()).toMatch(/public/i);
    await plain.close();
  });
});
