import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { SITES } from "../support/sites.ts";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

describe.each(SITES)("search, %s", (_name, site) => {
  const server = useSite(site);
  let page: Page;
  usePage(server, { colorScheme: "light", reducedMotion: "reduce" }, (fresh) => void (page = fresh));

  test("loads nothing until it's opened, then shows results while typing, with the keyboard alone", async () => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(server.url, { waitUntil: "networkidle" });
    expect(asked.filter((url) => url.includes("pagefind") || url.includes("search"))).toEqual([]);
    const opener = page.locator("[data-search]").first();
    await opener.focus();
    await page.keyboard.press("/");
    const dialog = page.getByRole("dialog");
    const box = dialog.getByRole("searchbox");
    await box.waitFor();
    await expect.poll(() => isFocused(box)).toBe(true);
    await page.keyboard.type("trackback");
    await dialog.locator(".hits a").first().waitFor();
    await dialog.locator("mark").first().waitFor();
    await expect.poll(() => dialog.getByRole("status").textContent()).toMatch(/\d/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/posts\/[^/]+\//);
  });

  test("a shared URL of the search page shows its results", async () => {
    await page.goto(`${server.url}search/?q=trackback`);
    await page
      .locator("main")
      .getByRole("link", { name: /trackback/i })
      .first()
      .waitFor();
    expect(await page.getByRole("searchbox").first().inputValue()).toBe("trackback");
  });

  test("can be filtered by topic, person, year and series, which the URL reflects", async () => {
    await page.goto(`${server.url}search/?q=fence`);
    const hits = page.locator("main .hits > li");
    await hits.first().waitFor();
    const status = page.locator("main").getByRole("status");
    await expect.poll(() => status.textContent()).toMatch(/\d/);
    const all = Number(/\d+/.exec((await status.textContent()) ?? "")?.[0]);
    await page.getByText("Filter").click();
    const filters = [
      ["Tag", "tag"],
      ["Author", "author"],
      ["Year", "year"],
      ["Series", "series"],
    ] as const;
    for (const [label, name] of filters) {
      const select = page.getByRole("combobox", { name: label });
      const option = select.locator("option").nth(1);
      await option.waitFor({ state: "attached" });
      const value = (await option.getAttribute("value")) ?? "";
      await select.selectOption(value);
      await page.waitForURL((url) => url.searchParams.get(name) === value);
      await expect
        .poll(async () => Number(/\d+/.exec((await status.textContent()) ?? "")?.[0]))
        .toBeLessThan(all);
      await select.selectOption("");
      await page.waitForURL((url) => !url.searchParams.has(name));
    }
  });

  test("lists the sections of a post that contain the words, with links", async () => {
    await page.goto(`${server.url}search/?q=trackback`);
    const part = page.locator("main .hit-sections a").first();
    await part.waitFor();
    const [, id = ""] = ((await part.getAttribute("href")) ?? "").split("#");
    await part.click();
    await page.waitForURL((url) => url.hash === `#${id}`);
    expect(await page.locator(`[id="${decodeURIComponent(id)}"]`).count()).toBe(1);
  });

  // A base path only changes URLs.
  if (site.base !== "/") return;

  test("Escape closes it and restores the focus", async () => {
    await page.goto(server.url);
    const opener = page.locator("[data-search]").first();
    await opener.focus();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("searchbox").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => isFocused(opener)).toBe(true);
  });

  test("finds German words", async () => {
    await page.goto(`${server.url}search/?q=Nachbarn`);
    await page.locator("main a[href$='/posts/der-zaun-ist-kein-rand/']").first().waitFor();
  });

  test("says that results are for a shorter word when no post contains the typed one", async () => {
    await page.goto(`${server.url}search/?q=fencexqzvw`);
    const status = page.locator("main").getByRole("status");
    await expect.poll(() => status.textContent()).toMatch(/No exact match.*fence”/);
    await page.goto(`${server.url}search/?q=fence`);
    await expect.poll(() => status.textContent()).toMatch(/^\d+ posts found$/);
  });

  test("results can be sorted by date", async () => {
    for (const [order, direction] of [
      ["newest", -1],
      ["oldest", 1],
    ] as const) {
      await page.goto(`${server.url}search/?q=fence&order=${order}`);
      await page.locator("main .hits a").nth(1).waitFor();
      const bylines = await page.locator("main .hit-byline").allTextContents();
      const days = bylines.map((byline) => Date.parse(byline.split(" · ")[0] ?? ""));
      expect(days.length).toBeGreaterThan(2);
      expect(days).toEqual(days.toSorted((a, b) => direction * (a - b)));
    }
  });

  test("a filtered search can be shared", async () => {
    await page.goto(`${server.url}search/?q=fence&year=2008&order=oldest`);
    await page.locator("main .hits a[href$='/posts/virtual-backyard-fence/']").first().waitFor();
    const days = await page.locator("main .hit-byline").allTextContents();
    expect(days.length).toBeGreaterThan(0);
    for (const day of days) expect(day).toContain("2008");
    const year = page.getByRole("combobox", { name: "Year" });
    await expect.poll(() => year.inputValue()).toBe("2008");
  });

  test("causes no CSP violations, from the first keystroke to the last result", async () => {
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|policy:/.test(message.text())) violations.push(message.text());
    });
    await page.goto(server.url);
    await page.keyboard.press("/");
    await page.getByRole("dialog").getByRole("searchbox").fill("fence");
    await page.getByRole("dialog").locator(".hits a").first().waitFor();
    await page.getByRole("dialog").getByText("Filter").click();
    await page.getByRole("dialog").locator("option").nth(1).waitFor({ state: "attached" });
    expect(violations).toEqual([]);
  });

  test("keeps the focus inside the dialog", async () => {
    await page.goto(server.url);
    await page.keyboard.press("/");
    await page.getByRole("dialog").getByRole("searchbox").fill("fence");
    await page.getByRole("dialog").locator(".hits a").first().waitFor();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      const isOutside = await page.evaluate(
        () => document.activeElement !== document.body && document.activeElement?.closest("dialog") === null,
      );
      expect(isOutside).toBe(false);
    }
  });
});
