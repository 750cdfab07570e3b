import { describe, expect, test } from "vitest";
import { PAGE_KINDS } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";
import { useSite } from "../support/use-site.ts";

/** Pages whose scripts build URLs; below a base path, only these are tested. */
const BELOW: readonly string[] = ["", "posts/one-more-story/", "search/", "subscribe/", "404.html"];

describe.each(SITES)("%s", (_name, site) => {
  const server = useSite(site);
  const kinds = Object.entries(PAGE_KINDS).filter(
    ([, address]) => site.base === "/" || BELOW.includes(address),
  );

  test.concurrent.each(kinds)(
    "%s makes no requests to other hosts, causes no CSP violations and logs no errors",
    async (_kind, address) => {
      const page = await server.browser.newPage();
      const foreign: string[] = [];
      const troubles: string[] = [];
      page.on("request", (request) => {
        const isOwn = request.url().startsWith(server.url) || request.url().startsWith("data:");
        if (!isOwn) foreign.push(request.url());
      });
      page.on("pageerror", (error) => troubles.push(String(error)));
      page.on("console", (message) => {
        const isOwn404 = address === "404.html" && message.text().includes("404");
        if (message.type() === "error" && !isOwn404) troubles.push(message.text());
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await page.goto(server.url + address, { waitUntil: "networkidle" });
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await page.waitForLoadState("networkidle");
      expect(foreign).toEqual([]);
      expect(troubles).toEqual([]);
      expect(await page.evaluate(() => document.cookie)).toBe("");
      await page.close();
    },
  );
});
