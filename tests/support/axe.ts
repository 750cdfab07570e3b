import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axeCore from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Source code of axe. Ends in `true`, because the value of axe's last statement can't be serialized. */
const AXE = `${readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")};true`;

/** Rules about colors: the only ones to repeat when a page that has been checked changes its color scheme. */
export const COLOR_RULES: readonly string[] = ["color-contrast", "link-in-text-block"];

/** Part of the page to check, and rules. */
export interface AxeOptions {
  /** Selector of the part; the default is the whole page. */
  readonly within?: string;
  /** Rules in addition to axe's rules for WCAG 2.2 A and AA and its best practices. */
  readonly also?: readonly string[];
  /** Checks only these rules. */
  readonly only?: readonly string[];
}

/**
 * Returns axe's findings on the current page, one line each. Runs in the page itself, which takes a tenth of the time
 * of axe's own driver; that one is for pages with frames.
 */
export async function axeFaults(page: Page, { within, also = [], only }: AxeOptions = {}): Promise<string[]> {
  expect(await page.locator("iframe").count(), "frames, which this doesn't look into").toBe(0);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const rules =
    only === undefined
      ? { rules: Object.fromEntries(["target-size", ...also].map((rule) => [rule, { enabled: true }])) }
      : { runOnly: { type: "rule" as const, values: [...only] } };
  const violations = await page.evaluate(
    async ({ selector, options }) => {
      const { axe } = window as typeof window & { readonly axe: typeof axeCore };
      const result = await axe.run(selector ?? document, options);
      return result.violations.map(({ id, nodes }) => ({ id, nodes }));
    },
    { selector: within, options: { resultTypes: ["violations" as const], ...rules } },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = "" }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`,
    ),
  );
}
