import { expect, test } from "vitest";
import { defaultTheme } from "../themes/load-theme.ts";
import { isThemed, withPlainColors } from "./themed-svg.ts";

const { colors } = defaultTheme();
const drawn = (fill: string) => `<svg viewBox="0 0 9 9"><path fill="${fill}" d="M0 0h9v9z"/></svg>`;

test.each([
  ["var(--accent, #95371f)", colors.accent.light, colors.accent.dark, "#95371f"],
  ["var(--ink-soft)", colors.inkSoft.light, colors.inkSoft.dark, "currentColor"],
  ["light-dark(#f6eddc, #1d2733)", "#f6eddc", "#1d2733", "#f6eddc"],
  ["light-dark(rgb(1, 2, 3), var(--paper, #000))", "rgb(1, 2, 3)", colors.paper.dark, "rgb(1, 2, 3)"],
])("%s has the theme's color by day and by night, and a plain one in feeds", (fill, light, dark, plain) => {
  expect(isThemed(drawn(fill))).toBe(true);
  expect(withPlainColors(drawn(fill), "light", colors)).toBe(drawn(light));
  expect(withPlainColors(drawn(fill), "dark", colors)).toBe(drawn(dark));
  expect(withPlainColors(drawn(fill), "light", null)).toBe(drawn(plain));
});

test("colors in the drawing's style sheet are resolved, too", () => {
  const svg = `<svg><style>.sky { fill: light-dark(#fff, #111); stroke: var(--rail, #ccc) }</style></svg>`;
  expect(withPlainColors(svg, "dark", colors)).toBe(
    `<svg><style>.sky { fill: #111; stroke: ${colors.rail.dark} }</style></svg>`,
  );
});

test("a drawing's own variables stay, and a drawing with only these isn't themed", () => {
  const own = drawn("var(--sky, #abc)");
  expect(isThemed(own)).toBe(false);
  expect(withPlainColors(own, "dark", colors)).toBe(own);
  expect(isThemed(drawn("#abc"))).toBe(false);
});
