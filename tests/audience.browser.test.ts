/** Analytics and newsletter services as stubs: a page can reach the one that the author chose, and no other. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContext, Page, Request } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { BuiltSite } from "./support/build.ts";
import { buildNew } from "./support/shared-builds.ts";
import { serveStatic } from "./support/static-server.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import type { Browser } from "playwright-core";
import { sharedBrowser } from "./support/use-site.ts";

const POST = "---\ntitle: The first bed\ndate: 2024-01-02T10:00:00Z\n---\n\nWe dug it on Sunday.\n";
/** A host that isn't in the settings. */
const STRANGER = "https://stranger.example";

/** Script of a service: reports to the service, then tries to contact another host. */
const SCRIPT = (hosts: Hosts) => `
  const tell = (url) => fetch(url, { mode: "no-cors" }).catch(() => {});
  const show = (url) => { new Image().src = url; };
  const load = (url) => document.head.append(Object.assign(document.createElement("script"), { src: url }));
  ${[...hosts.connections, STRANGER].map((host) => `tell("${host}/tell");`).join("\n")}
  ${[...hosts.images, STRANGER].map((host) => `show("${host}/show.gif");`).join("\n")}
  load("${STRANGER}/load.js");
`;

interface Hosts {
  readonly script: string;
  readonly connections: readonly string[];
  readonly images: readonly string[];
}

interface Case {
  readonly analytics: string;
  readonly hosts: Hosts;
  readonly newsletter: string;
  /** URL of the form, and the field that it sends. */
  readonly form: readonly [string, string];
}

const CASES: Readonly<Record<string, Case>> = {
  "plausible and buttondown": {
    analytics: "provider: plausible",
    hosts: { script: "https://plausible.io", connections: ["https://plausible.io"], images: [] },
    newsletter: "provider: buttondown, id: rowan",
    form: ["https://buttondown.com/api/emails/embed-subscribe/rowan", "email"],
  },
  "goatcounter and kit": {
    analytics: "provider: goatcounter, id: rowan",
    hosts: {
      script: "https://gc.zgo.at",
      connections: ["https://rowan.goatcounter.com"],
      images: ["https://rowan.goatcounter.com"],
    },
    newsletter: 'provider: kit, id: "123"',
    form: ["https://app.kit.com/forms/123/subscriptions", "email_address"],
  },
  "umami and keila": {
    analytics: "provider: umami, id: abc",
    hosts: {
      script: "https://cloud.umami.is",
      connections: ["https://cloud.umami.is", "https://api-gateway.umami.dev"],
      images: [],
    },
    newsletter: "provider: keila, id: nfrm_a",
    form: ["https://app.keila.io/forms/nfrm_a", "contact[email]"],
  },
  "fathom and listmonk": {
    analytics: "provider: fathom, id: ABC",
    hosts: {
      script: "https://cdn.usefathom.com",
      connections: ["https://cdn.usefathom.com"],
      images: ["https://cdn.usefathom.com"],
    },
    newsletter: 'provider: listmonk, action: "https://lists.example/subscription/form", id: abc',
    form: ["https://lists.example/subscription/form", "email"],
  },
  "simple-analytics and mailchimp": {
    analytics: "provider: simple-analytics",
    hosts: {
      script: "https://scripts.simpleanalyticscdn.com",
      connections: ["https://queue.simpleanalyticscdn.com"],
      images: ["https://queue.simpleanalyticscdn.com"],
    },
    newsletter: 'provider: mailchimp, action: "https://me.us1.list-manage.com/subscribe/post?u=a&id=b"',
    form: ["https://me.us1.list-manage.com/subscribe/post?u=a&id=b", "EMAIL"],
  },
  "matomo and mailerlite": {
    analytics: 'provider: matomo, id: "3", host: "https://stats.example"',
    hosts: {
      script: "https://stats.example",
      connections: ["https://stats.example"],
      images: ["https://stats.example"],
    },
    newsletter: 'provider: mailerlite, action: "https://assets.mailerlite.com/jsonp/1/forms/2/subscribe"',
    form: ["https://assets.mailerlite.com/jsonp/1/forms/2/subscribe", "fields[email]"],
  },
  "cloudflare and a form of one's own": {
    analytics: "provider: cloudflare, id: abc",
    hosts: {
      script: "https://static.cloudflareinsights.com",
      connections: ["https://cloudflareinsights.com"],
      images: [],
    },
    newsletter: 'action: "https://letters.example/subscribe"',
    form: ["https://letters.example/subscribe", "email"],
  },
};

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});

/** Builds a blog with one post. @param settings text of `site.yaml`. */
async function builtWith(settings: string): Promise<BuiltSite> {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  mkdirSync(path.join(contentDir, "posts"), { recursive: true });
  writeFileSync(path.join(contentDir, "posts/first.md"), POST);
  writeFileSync(path.join(contentDir, "site.yaml"), settings);
  await buildNew({ folder });
  return { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
}

/** Creates a browser context in which every host except the blog's is a stub. @returns it and the requests to stubs. */
async function stubbed(own: string, hosts: Hosts): Promise<[BrowserContext, Request[]]> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const asked: Request[] = [];
  await context.route(
    (url) => !url.href.startsWith(own),
    (route) => {
      const request = route.request();
      asked.push(request);
      return request.resourceType() === "script"
        ? route.fulfill({ contentType: "text/javascript", body: SCRIPT(hosts) })
        : route.fulfill({ contentType: "text/plain", body: "Thank you." });
    },
  );
  return [context, asked];
}

/** Starts recording the URLs that the CSP blocks on a page, by directive. */
async function watchRefusals(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { found });
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
      found.push(`${effectiveDirective} ${new URL(blockedURI).origin}`),
    );
  });
}

const refused = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...new Set((window as typeof window & { readonly found: string[] }).found)].sort());

describe.each(Object.entries(CASES))("%s", (_name, { analytics, hosts, newsletter, form }) => {
  test("are reachable from a page, and no other host is", async () => {
    const site = await builtWith(
      `title: Rowan\nurl: https://rowan.example/\nsocialPictures: false\nanalytics: { ${analytics} }\nnewsletter: { ${newsletter} }\n`,
    );
    const server = await serveStatic(site.outDir, site.base);
    const [context, asked] = await stubbed(server.url, hosts);
    try {
      const page = await context.newPage();
      await watchRefusals(page);
      await page.goto(`${server.url}posts/first/`);
      await expect
        .poll(() => refused(page))
        .toEqual([`connect-src ${STRANGER}`, `img-src ${STRANGER}`, `script-src-elem ${STRANGER}`]);
      const origins = new Set(asked.map((request) => new URL(request.url()).origin));
      expect(origins).toEqual(new Set([hosts.script, ...hosts.connections, ...hosts.images]));

      const box = page.locator("section.newsletter form");
      await box.locator("input[type=email]").fill("reader@mail.example");
      await box.getByRole("button").click();
      await page.getByText("Thank you.").waitFor();
      const sent = asked.at(-1);
      expect([sent?.method(), sent?.url()]).toEqual(["POST", form[0]]);
      expect(new URLSearchParams(sent?.postData() ?? "").get(form[1])).toBe("reader@mail.example");

      await page.goto(`${server.url}posts/first/`);
      await box.locator("input[type=email]").fill("reader@mail.example");
      await box.evaluate((one: HTMLFormElement, action) => {
        one.action = action;
        one.requestSubmit();
      }, `${STRANGER}/subscribe`);
      await expect.poll(() => refused(page)).toContain(`form-action ${STRANGER}`);
      expect(asked.some((request) => request.url().startsWith(STRANGER))).toBe(false);
    } finally {
      await context.close();
      await server.close();
    }
  });
});
