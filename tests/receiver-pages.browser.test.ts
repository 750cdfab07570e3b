/** The receiver's own pages as people see them: readable at every width and in both appearances, for everybody. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { setRule } from "../src/receiver/store/rules.ts";
import { ADAPTERS } from "./receiver-support/databases.ts";
import { freePort } from "./receiver-support/free-port.ts";
import { startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";
import { HELLO, TOKEN } from "./receiver-support/receiver.ts";
import { axeFaults } from "./support/axe.ts";
import { launchBrowser } from "./support/browser.ts";

const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3);

let receiver: MicropubReceiver;
let browser: Browser;
let origin = "";
/** Addresses to look at, by name. */
const pages = new Map<string, string>();

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  receiver = await startMicropub(await ADAPTERS.SQLite(), {
    port,
    hasWorker: true,
    env: { RECEIVER_URL: origin },
  });
  browser = await launchBrowser();
  const { database } = receiver.running.context;
  for (const [path, text] of [
    ["/short", "Short and good."],
    ["/long", `${LONG} `.repeat(4)],
  ] as const) {
    const answer = await receiver.post("/webmention", {
      source: receiver.page(
        `${path}?${encodeURIComponent(text)}`,
        `<div class="h-entry"><a class="p-author h-card" href="/${LONG}">${path === "/long" ? LONG.slice(0, 70) : "Ann"}</a>
         <a class="u-in-reply-to" href="${HELLO}">re</a><p class="e-content">${text}</p></div>`,
      ),
      target: HELLO,
    });
    const status = answer.headers.get("location") ?? "";
    await receiver.verified(status);
    pages.set("the status of a webmention", new URL(status).pathname);
  }
  await setRule(database, "pills.example", "block");
  await setRule(
    database,
    `${LONG.slice(0, 60)
      .replaceAll(/[^a-z]/gi, "a")
      .toLowerCase()}.example`,
    "approve",
  );
  const fields = { post: "hello", name: "Ann", text: `Text\n\n${LONG}`, url: "", "reply-to": "" };
  const preview = await (await receiver.post("/comment", fields)).text();
  const confirmation = /name="confirmation" value="([^"]+)"/.exec(preview)?.[1] ?? "";
  receiver.pass(3000);
  const stored = await (await receiver.post("/comment", { ...fields, confirmation })).text();
  const edit = /href="[^"]*(\/comment\/([^/"]*)\/edit\?key=[^"]*)"/.exec(stored);
  for (const { id, record } of await receiver.responses())
    if (record["wm-protocol"] === "comment") await receiver.decide(id, "approved");
  pages.set("the start", "/");
  pages.set("the comment form", "/comment?post=hello&reply-to=https://ann.example/1");
  pages.set("a comment", `/comment/${edit?.[2] ?? ""}`);
  pages.set("a comment's edit page", (edit?.[1] ?? "").replaceAll("&amp;", "&"));
  pages.set("an address of nothing", "/none");
  pages.set("sign-in", "/moderate");
});
afterAll(async () => {
  await browser.close();
  await receiver[Symbol.asyncDispose]();
});

const WIDTHS = [320, 360, 768, 1280] as const;

describe.each(["light", "dark"] as const)("in the %s appearance", (colorScheme) => {
  test.each(WIDTHS)("every page can be read at %d pixels", async (width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    try {
      const page = await context.newPage();
      const look = async (name: string) => {
        expect([name, await axeFaults(page)]).toEqual([name, []]);
        const { scrollWidth } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
        }));
        expect([name, scrollWidth]).toEqual([name, width]);
      };
      for (const [name, path] of pages) {
        await page.goto(origin + path);
        await look(name);
      }
      await page.goto(`${origin}/comment?post=hello`);
      await page.getByRole("button", { name: "Continue" }).waitFor();
      await page.getByLabel("Name").fill("Ann");
      await page.getByLabel("Comment", { exact: true }).fill(`Hello\n\n${LONG}`);
      await page.getByRole("button", { name: "Continue" }).click();
      await look("the confirmation");
      await page.getByText("Change it").click();
      await look("the confirmation, opened");
      await page.goto(`${origin}/moderate`);
      receiver.pass(11 * 60_000);
      await page.getByLabel("Token").fill(TOKEN);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { name: "Moderation" }).waitFor();
      await page.getByText("Short and good.").waitFor();
      expect(await page.locator("article").count()).toBe(2);
      await look("moderation");
      await page.goto(`${origin}/moderate/access`);
      await look("passkeys and apps");
    } finally {
      await context.close();
    }
  });
});
