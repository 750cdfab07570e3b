/** A built site in a browser, for as long as the tests of a file or of a `describe` run. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { afterFile } from "./after-file.ts";
import { launchBrowser } from "./browser.ts";
import type { BuiltSite } from "./build.ts";
import { serveStatic, type ServerOptions, type StaticServer } from "./static-server.ts";

/** A site that is being served, and the browser to look at it with; both are there while a test or its hooks run. */
export interface OpenSite {
  /** Origin and base path. */
  readonly url: string;
  readonly browser: Browser;
}

/** By their flags, for all files of a worker; they end with its process. */
const launched = new Map<string, Promise<Browser>>();

/** The browser of this worker, with no open window; its windows are closed after the file. @param flags see `launchBrowser`. */
export function sharedBrowser(flags: readonly string[] = []): Promise<Browser> {
  const key = flags.join(" ");
  const browser = launched.get(key) ?? launch(flags, key);
  launched.set(key, browser);
  afterFile(async () => {
    for (const context of (await browser).contexts()) await context.close();
  });
  return browser;
}

async function launch(flags: readonly string[], key: string): Promise<Browser> {
  const browser = await launchBrowser(flags);
  browser.once("disconnected", () => launched.delete(key));
  return browser;
}

/** Serves a site to the tests that follow. @param options the server's, and flags for the browser. */
export function useSite(
  site: BuiltSite,
  { flags = [], ...options }: ServerOptions & { readonly flags?: readonly string[] } = {},
): OpenSite {
  let browser: Browser | null = null;
  let server: StaticServer | null = null;
  beforeAll(async () => {
    [browser, server] = await Promise.all([
      sharedBrowser(flags),
      serveStatic(site.outDir, site.base, options),
    ]);
  });
  afterAll(() => server?.close());
  return {
    get url() {
      return opened(server).url;
    },
    get browser() {
      return opened(browser);
    },
  };
}

/**
 * Hands each test that follows a page in a window of its own, which is closed behind it. Without other options the page
 * gets no service worker, which stores all that it shows.
 */
export function usePage(
  site: OpenSite,
  options: BrowserContextOptions,
  hand: (page: Page) => Promise<void> | void,
): void {
  let page: Page | null = null;
  beforeEach(async () => {
    const context = await site.browser.newContext({ serviceWorkers: "block", ...options });
    page = await context.newPage();
    await hand(page);
  });
  afterEach(() => page?.context().close());
}

/** Whether the focus is on it; where a script moves the focus, to be polled. */
export function isFocused(element: Locator): Promise<boolean> {
  return element.first().evaluate((one) => one === document.activeElement);
}

function opened<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error("The site is served only while tests run");
  return thing;
}
