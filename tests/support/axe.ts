import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axeCore from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** axe itself; the value of a script is what its last statement gives, and axe's own can't be handed out of the page. */
const AXE = `${readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")};true`;

/** The rules that judge colors: all that differs when a page that axe has looked at changes its appearance. */
export const COLOR_RULES: readonly string[] = ["color-contrast", "link-in-text-block"];

/** What axe looks at, and for what. */
export interface AxeOptions {
  /** Selector of the part; else the whole page. */
  readonly within?: string;
  /** Rules beside every one of WCAG 2.2 A and AA that axe knows, and its best practices. */
  readonly also?: readonly string[];
  /** Rules that are looked at alone. */
  readonly only?: readonly string[];
}

/**
 * What axe finds on the page as it stands, one line a fault. Run in the page itself, a tenth of the time that axe's own
 * driver takes; that one is for pages with frames.
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
