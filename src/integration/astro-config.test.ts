import { expect, test } from "vitest";
import { sampleSettings } from "../../tests/fixtures/sample-blog.ts";
import { astroConfig } from "./astro-config.ts";
import { optionsSchema, type BackfenceOptions } from "./options.ts";

/** Directives, sources and hashes of the content security policy with the author's head tags and style sheets. */
function policyWith(head: BackfenceOptions["head"] = [], styleSheets: readonly string[] = []) {
  const bodies = {
    ...{ root: "/blog", base: "/", langOf: () => "en", isNote: () => false, isContent: () => true },
    pictures: { load: async () => undefined, get: () => null, media: () => null },
  };
  const user = { head: optionsSchema.parse({ head }).head, styleSheets };
  const { security } = astroConfig(sampleSettings(), bodies, { ...user, markdown: {} });
  const csp = security?.csp;
  if (typeof csp !== "object") throw new Error("No policy");
  const { directives = [], scriptDirective, styleDirective } = csp;
  const parts = [...directives, ...(scriptDirective?.resources ?? []), ...(scriptDirective?.hashes ?? [])];
  return [...parts, ...(styleDirective?.resources ?? []), ...(styleDirective?.hashes ?? [])].map(String);
}

test("the policy allows what the author's head tags and style sheets load, and nothing else", () => {
  const plain = policyWith();
  const opened = policyWith(
    [
      { tag: "script", attrs: { src: "https://count.example/x.js" } },
      { tag: "script", content: "1" },
      { tag: "link", attrs: { rel: "me", href: "https://social.example/@ada" } },
    ],
    [
      "@font-face { src: url(https://fonts.example/f.woff2) } p { background: url(https://img.example/p.png) }",
    ],
  );
  expect(opened.filter((part) => !plain.includes(part))).toEqual([
    "img-src 'self' data: https://img.example",
    "font-src 'self' https://fonts.example",
    "https://count.example",
    "sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=",
  ]);
  expect(plain.filter((part) => !opened.includes(part))).toEqual(["img-src 'self' data:", "font-src 'self'"]);
});
