import { describe, expect, test } from "vitest";
import { atLightness, contrast, mix, readableShade } from "./color.ts";

test("black on white has the highest contrast, a color with itself the lowest", () => {
  expect(contrast("#000", "#ffffff")).toBeCloseTo(21, 1);
  expect(contrast("#95371f", "#95371f")).toBe(1);
});

describe("a readable shade", () => {
  test("is the color itself if it's readable", () => {
    expect(readableShade("#1d4f91", ["#ffffff"], 4.5)).toBe("#1d4f91");
  });

  test.each(["#ffd400", "#7fd1ff", "#ff0000", "#cccccc"])(
    "of %s is found on light and on dark paper",
    (color) => {
      for (const ground of ["#fdfcfa", "#16181b"])
        expect(contrast(readableShade(color, [ground], 4.5), ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("of yellow on white is still yellowish, and no darker than necessary", () => {
    const shade = readableShade("#ffd400", ["#ffffff"], 4.5);
    expect(contrast(shade, "#ffffff")).toBeLessThan(4.8);
    expect(Number.parseInt(shade.slice(1, 3), 16)).toBeGreaterThan(Number.parseInt(shade.slice(5, 7), 16));
  });
});

test("a mixed color is between its colors", () => {
  expect(mix("#000000", "#ffffff", 0)).toBe("#000000");
  expect(mix("#000000", "#ffffff", 1)).toBe("#ffffff");
  expect(contrast(mix("#000000", "#ffffff", 0.5), "#000000")).toBeGreaterThan(2);
});

test("another lightness keeps the hue", () => {
  const light = atLightness("#1d4f91", 0.8);
  expect(Number.parseInt(light.slice(5, 7), 16)).toBeGreaterThan(Number.parseInt(light.slice(1, 3), 16));
});
