/** Serves a built site and opens it in a browser during the tests of a file or `describe`. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { afterFile } from "./after-file.ts";
import { launchBrowser } from "./browser.ts";
import type { BuiltSite } from "./build.ts";
import { serveStatic, type ServerOptions, type StaticServer } from "./static-server.ts";

/** A served site and a browser; both are available while a test or its hooks run. */
export interface OpenSite {
  /** Origin and base path. */
  readonly url: string;
  readonly browser: Browser;
}

/** Browsers by flags, for all test files of a worker; they end with the worker's process. */
const launched = new Map<string, Promise<Browser>>();

/**
 * Returns the worker's browser without open pages; pages are closed after the file.
 * @param flags see `launchBrowser`.
 */
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

/** Serves a site for the tests that follow. @param options options of the server, and flags for the browser. */
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
 * Opens a new page for each test that follows and closes it afterwards. By default, service workers are blocked,
 * because they would cache the pages shown.
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

/** Whether an element has the focus; poll this when a script moves the focus. */
export function isFocused(element: Locator): Promise<boolean> {
  return element.first().evaluate((one) => one === document.activeElement);
}

function opened<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error("The site is served only while tests run");
  return thing;
}
