import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sanitizeHtml } from "../../src/lib/responses/sanitize.ts";
import { HOSTILE_HTML } from "../fixtures/hostile-html.ts";
import { launchBrowser } from "../support/browser.ts";

const FRAGMENTS = HOSTILE_HTML.flatMap(({ fragments }) => fragments);
const AT_ONCE = 75;
/** Wait before checking that nothing happened; animations and refreshes among the attacks take a second. */
const SETTLING_MS = 1300;

interface Outcome {
  /** Indexes of the fragments whose script ran. */
  readonly executed: ReadonlySet<number>;
  /** Indexes of the fragments for which the browser contacted another host before any click. */
  readonly loaded: ReadonlySet<number>;
}

interface Harness {
  readonly origin: string;
  /** Indexes of the fragments that caused a request since the set was last cleared. */
  readonly asked: Set<number>;
  readonly close: () => void;
}

/** Serves an empty page, and replaces every host in the fragments. */
async function startHarness(): Promise<Harness> {
  const asked = new Set<number>();
  const server = createServer((request, response) => {
    const number = /^\/f(\d+)\//.exec(request.url ?? "")?.[1];
    if (number !== undefined) asked.add(Number(number));
    response.statusCode = number === undefined ? 200 : 404;
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>x</title>");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return { origin: `http://127.0.0.1:${address.port}`, asked, close: () => server.close() };
}

/** Shows each fragment in a separate sandboxed frame, then clicks, hovers over and focuses everything in it. */
async function outcomeOf(browser: Browser, harness: Harness, htmls: readonly string[]): Promise<Outcome> {
  const page = await browser.newPage();
  const executed = new Set<number>();
  const loaded = new Set<number>();
  const numbered = htmls.map((html, index) =>
    html.replace(/https?:\/\/\w+\.example/g, `${harness.origin}/f${index}`),
  );
  for (let start = 0; start < htmls.length; start += AT_ONCE) {
    await page.goto(harness.origin);
    harness.asked.clear();
    await showBatch(page, numbered.slice(start, start + AT_ONCE), start);
    await page.waitForTimeout(SETTLING_MS);
    for (const number of harness.asked) loaded.add(number);
    await Promise.all(
      page
        .frames()
        .filter((frame) => /^f\d+$/.test(frame.name()))
        .map(pester),
    );
    await page.waitForTimeout(SETTLING_MS);
    for (const number of await hitsOf(page)) executed.add(number);
  }
  await page.close();
  return { executed, loaded };
}

async function showBatch(page: Page, htmls: readonly string[], start: number): Promise<void> {
  await page.evaluate(
    ({ htmls, start }) => {
      const hits = new Set<number>();
      Object.assign(window, { hits });
      window.addEventListener("message", (event) => {
        if (typeof event.data === "number") hits.add(event.data);
      });
      const settled = htmls.map((html, index) => {
        const frame = document.createElement("iframe");
        frame.name = `f${start + index}`;
        // Small enough for all frames to be in the viewport: browsers defer those outside it.
        [frame.width, frame.height] = ["100", "60"];
        frame.setAttribute("sandbox", "allow-scripts allow-forms");
        const boot = `window.hit = () => parent.postMessage(${start + index}, "*");`;
        frame.srcdoc = `<!doctype html><script>${boot}</script><body>${html}`;
        return new Promise<void>((resolve) => {
          frame.addEventListener("load", () => resolve());
          setTimeout(resolve, 15_000);
          document.body.append(frame);
        });
      });
      return Promise.all(settled).then(() => undefined);
    },
    { htmls, start },
  );
}

function hitsOf(page: Page): Promise<number[]> {
  return page.evaluate(() => Array.from((window as Window & { hits?: Set<number> }).hits ?? []));
}

/** Interacts with everything in a frame. A frame that navigates away makes the evaluation fail, which is expected. */
async function pester(frame: { evaluate: Page["evaluate"]; name: () => string }): Promise<void> {
  const clicks = frame.evaluate(() => {
    for (const element of document.querySelectorAll("body *")) {
      for (const type of ["pointerenter", "pointerdown", "mouseover", "mousemove"]) {
        element.dispatchEvent(new PointerEvent(type, { bubbles: true }));
      }
      if (element instanceof HTMLElement) element.focus();
      if (element instanceof HTMLDetailsElement) element.open = true;
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
  });
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, 3000));
  await Promise.race([
    clicks.catch((error: unknown) => expect(String(error)).toMatch(/frame|context|navigat/i)),
    timeout,
  ]);
}

describe("a hostile comment in a real browser", () => {
  let browser: Browser;
  let harness: Harness;
  beforeAll(async () => {
    browser = await launchBrowser();
    harness = await startHarness();
  });
  afterAll(async () => {
    await browser.close();
    harness.close();
  });

  test("runs and loads nothing after sanitizing, although the raw fragment does both", async () => {
    const raw = await outcomeOf(browser, harness, FRAGMENTS);
    const stored = await outcomeOf(
      browser,
      harness,
      FRAGMENTS.map((html) => sanitizeHtml(html)?.html ?? ""),
    );
    console.info(
      `${FRAGMENTS.length} fragments; raw: ${raw.executed.size} executed, ${raw.loaded.size} loaded; ` +
        `stored: ${stored.executed.size} executed, ${stored.loaded.size} loaded`,
    );
    expect(raw.executed.size).toBeGreaterThan(80);
    expect(raw.loaded.size).toBeGreaterThan(10);
    expect([...stored.executed].map((number) => FRAGMENTS[number])).toEqual([]);
    expect([...stored.loaded].map((number) => FRAGMENTS[number])).toEqual([]);
  }, 300_000);
});
