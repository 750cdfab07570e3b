import { expect, test } from "vitest";
import { defaultTheme } from "../../lib/themes/load-theme.ts";
import { DEFAULT_COLORS } from "./layout.ts";

test("pages have the colors of the default theme while the blog's aren't known", () => {
  expect(defaultTheme().colors).toMatchObject(DEFAULT_COLORS);
});
