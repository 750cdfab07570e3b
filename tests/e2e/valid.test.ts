import path from "node:path";
import { HtmlValidate } from "html-validate";
import { describe, expect, inject, test } from "vitest";
import { root, type BuiltSite } from "../support/build.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";
import { htmlErrors } from "../support/validate-html.ts";

const demo = inject("demo");
const known = new Set(htmlFiles(demo));

/** Returns the site's pages to check; below a base path, only those that differ in more than URLs from the root's. */
function ownFiles(site: BuiltSite): readonly string[] {
  const files = htmlFiles(site);
  return site.outDir === demo.outDir
    ? files
    : files.filter((name) => !known.has(name) || name === "index.html");
}

test("the Nu validator finds no error on any page", () => {
  const files = SITES.flatMap(([, site]) => ownFiles(site).map((file) => path.join(site.outDir, file)));
  expect(files.length).toBeGreaterThan(known.size + 5);
  expect(known.size).toBeGreaterThan(60);
  expect(htmlErrors(...files).slice(0, 20)).toEqual([]);
}, 300_000);

describe.each(SITES)("%s", (_name, site) => {
  test("html-validate finds no error on any page", async () => {
    const checker = new HtmlValidate({
      root: true,
      extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
      rules: {
        "void-style": "off",
        "no-trailing-whitespace": "off",
        "long-title": "off",
        "require-sri": "off",
        "attr-quotes": "off",
        "doctype-style": "off",
        "no-inline-style": "error",
      },
    });
    const told: string[] = [];
    for (const file of ownFiles(site)) {
      const report = await checker.validateString(readOutput(site, file));
      for (const { messages } of report.results) {
        for (const { ruleId, message, line } of messages) told.push(`${file}:${line} ${ruleId}: ${message}`);
      }
    }
    expect(told.slice(0, 20)).toEqual([]);
  }, 300_000);

  test("no page has a style attribute, an inline event handler or a local file path", () => {
    for (const file of htmlFiles(site)) {
      const html = readOutput(site, file);
      expect(html.match(/<[^>]*\sstyle=/)?.[0], file).toBeUndefined();
      expect(html.match(/<[^>]*\son[a-z]+=/)?.[0], file).toBeUndefined();
      expect(html.includes(root) || html.includes(site.folder), file).toBe(false);
    }
  });

  test("every page has the same CSP, and the header file repeats it", () => {
    const policies = new Set(
      htmlFiles(site).flatMap((file) => {
        const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/.exec(
          readOutput(site, file),
        )?.[1];
        return policy === undefined ? [] : [policy];
      }),
    );
    expect(policies.size).toBe(1);
    const [policy = ""] = policies;
    expect(policy).not.toContain("unsafe-inline");
    expect(readOutput(site, "_headers")).toContain(policy.replace(/;\s*$/, ""));
  });
});
