import { describe, expect, test } from "vitest";
import { analyticsFile, analyticsScript, ANALYTICS_PROVIDERS } from "./analytics.ts";
import { contentPolicy } from "./content-policy.ts";
import { newsletterForm } from "./newsletter.ts";
import { readSettings } from "./load-settings.ts";
import { sampleSettings } from "../../../tests/fixtures/sample-blog.ts";

function settingsWith(yaml: string) {
  const { settings, issues } = readSettings(yaml, "content/site.yaml");
  expect(issues).toEqual([]);
  return settings;
}

/** Sources of a directive of the Content Security Policy. */
function sources(yaml: string, directive: string): string[] {
  const policy = contentPolicy(settingsWith(yaml));
  if (directive === "script-src") return policy.scriptSources;
  const line = policy.directives.find((one) => one.startsWith(`${directive} `)) ?? "";
  return line.split(" ").slice(1);
}

const plain = (directive: string) => sources("title: Rowan\n", directive);
const opened = (yaml: string, directive: string) =>
  sources(yaml, directive).filter((source) => !plain(directive).includes(source));

const COUNTERS: Readonly<
  Record<string, readonly [string, readonly string[], readonly string[], readonly string[]]>
> = {
  plausible: ["id: rowan.example", ["https://plausible.io"], ["https://plausible.io"], []],
  goatcounter: [
    "id: rowan",
    ["https://gc.zgo.at"],
    ["https://rowan.goatcounter.com"],
    ["https://rowan.goatcounter.com"],
  ],
  umami: [
    "id: abc",
    ["https://cloud.umami.is"],
    ["https://cloud.umami.is", "https://api-gateway.umami.dev"],
    [],
  ],
  fathom: [
    "id: ABC",
    ["https://cdn.usefathom.com"],
    ["https://cdn.usefathom.com"],
    ["https://cdn.usefathom.com"],
  ],
  "simple-analytics": [
    "id: rowan.example",
    ["https://scripts.simpleanalyticscdn.com"],
    ["https://queue.simpleanalyticscdn.com"],
    ["https://queue.simpleanalyticscdn.com"],
  ],
  matomo: [
    'id: "3", host: "https://stats.example"',
    ["https://stats.example"],
    ["https://stats.example"],
    ["https://stats.example"],
  ],
  cloudflare: ["id: abc", ["https://static.cloudflareinsights.com"], ["https://cloudflareinsights.com"], []],
};

describe("counting readers", () => {
  test("is off by default, and the policy allows no other hosts", () => {
    expect(analyticsScript(settingsWith("title: Rowan\n"))).toBeNull();
    expect(plain("script-src")).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(plain("connect-src")).toEqual(["'self'"]);
    expect(plain("img-src")).toEqual(["'self'", "data:"]);
  });

  test.each(ANALYTICS_PROVIDERS)("%s opens the policy for exactly its hosts", (provider) => {
    const [options = "", scripts, connections, images] = COUNTERS[provider] ?? [];
    const yaml = `analytics: { provider: ${provider}, ${options} }\n`;
    expect(opened(yaml, "script-src")).toEqual(scripts);
    expect(opened(yaml, "connect-src")).toEqual(connections);
    expect(opened(yaml, "img-src")).toEqual(images);
    expect(opened(yaml, "frame-src")).toEqual([]);
    expect(opened(yaml, "form-action")).toEqual([]);
  });

  test.each(["plausible", "goatcounter", "umami", "fathom", "simple-analytics", "matomo", "cloudflare"])(
    "%s on a host of one's own reaches that host alone",
    (provider) => {
      const yaml = `analytics: { provider: ${provider}, id: abc, host: "https://stats.example" }\n`;
      for (const directive of ["script-src", "connect-src", "img-src"])
        expect(opened(yaml, directive).filter((source) => source !== "https://stats.example")).toEqual([]);
    },
  );

  test("Do Not Track is enabled for services that support it", () => {
    const attrs = (provider: string) =>
      analyticsScript(settingsWith(`analytics: { provider: ${provider}, id: abc }\n`))?.attrs;
    expect(attrs("umami")).toMatchObject({ "data-do-not-track": "true" });
    expect(attrs("fathom")).toMatchObject({ "data-honor-dnt": "true" });
    expect(attrs("simple-analytics")).toMatchObject({ "data-collect-dnt": "false" });
    const matomo = settingsWith('analytics: { provider: matomo, id: "3", host: "https://stats.example" }\n');
    expect(analyticsFile(matomo)).toContain('["setDoNotTrack",true]');
    expect(analyticsFile(sampleSettings())).toBeNull();
  });
});

const FORMS = [
  ["buttondown", "id: me", "https://buttondown.com", "email"],
  ["kit", 'id: "123"', "https://app.kit.com", "email_address"],
  ["keila", "id: nfrm_a", "https://app.keila.io", "contact[email]"],
  [
    "listmonk",
    'action: "https://lists.example/subscription/form", id: abc',
    "https://lists.example",
    "email",
  ],
  [
    "mailchimp",
    'action: "https://me.us1.list-manage.com/subscribe/post?u=a&id=b"',
    "https://me.us1.list-manage.com",
    "EMAIL",
  ],
  [
    "mailerlite",
    'action: "https://assets.mailerlite.com/jsonp/1/forms/2/subscribe"',
    "https://assets.mailerlite.com",
    "fields[email]",
  ],
  ["other", 'action: "https://letters.example/subscribe"', "https://letters.example", "email"],
] as const;

describe("a newsletter", () => {
  test.each(FORMS)("at %s opens form-action for exactly its host", (provider, options, host, field) => {
    const yaml = `newsletter: { provider: ${provider}, ${options} }\n`;
    expect(opened(yaml, "form-action")).toEqual([host]);
    for (const directive of ["script-src", "connect-src", "img-src", "frame-src"])
      expect(opened(yaml, directive)).toEqual([]);
    expect(newsletterForm(settingsWith(yaml))?.field).toBe(field);
  });

  test("without a required setting has no form", () => {
    expect(newsletterForm(settingsWith("newsletter: { provider: buttondown }\n"))).toBeNull();
  });
});
