import { expect, test } from "vitest";
import { defaultTheme } from "../../lib/themes/load-theme.ts";
import { DEFAULT_COLORS, styleOf } from "./layout.ts";

test("pages have the colors of the default theme where the blog's aren't known", () => {
  expect(defaultTheme().colors).toMatchObject(DEFAULT_COLORS);
});

test("pages have the blog's colors, in both appearances", () => {
  const style = styleOf({ ...DEFAULT_COLORS, accent: { light: "#123456", dark: "#fedcba" } });
  expect(style).toContain("--accent: light-dark(#123456, #fedcba);");
});
