/** Hex colors, their contrast, and readable shades. */

/** OKLab (https://bottosson.github.io/posts/oklab/): lightness from 0 to 1, then green to red and blue to yellow. */
type OkLab = readonly [number, number, number];
type Rgb = readonly [number, number, number];

/** Whether a text is a color such as `#95371f` or `#fff`. */
export function isHexColor(value: string): boolean {
  return /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(value);
}

/** The basic named colors of CSS (https://www.w3.org/TR/css-color-4/#named-colors), and a few common others. */
const NAMED: Readonly<Record<string, string>> = {
  black: "#000000",
  silver: "#c0c0c0",
  gray: "#808080",
  grey: "#808080",
  white: "#ffffff",
  maroon: "#800000",
  red: "#ff0000",
  purple: "#800080",
  fuchsia: "#ff00ff",
  green: "#008000",
  lime: "#00ff00",
  olive: "#808000",
  yellow: "#ffff00",
  navy: "#000080",
  blue: "#0000ff",
  teal: "#008080",
  aqua: "#00ffff",
  orange: "#ffa500",
  crimson: "#dc143c",
  tomato: "#ff6347",
  pink: "#ffc0cb",
  brown: "#a52a2a",
  indigo: "#4b0082",
  rebeccapurple: "#663399",
};

/** The hex color meant by a text such as `red`, `ff0000` or `rgb(255, 0, 0)`; null if unknown. */
export function colorMeant(value: string): string | null {
  const text = value.trim().toLowerCase();
  const [, ...parts] =
    /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*(?:1|1\.0+|100%)\s*)?\)$/.exec(text) ??
    [];
  if (parts.length > 0) return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  return NAMED[text] ?? (/^[\da-f]{3}(?:[\da-f]{3})?$/.test(text) ? `#${text}` : null);
}

/** Contrast ratio of two hex colors, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Lowest contrast of a color with any of several backgrounds. */
export function leastContrast(color: string, grounds: readonly string[]): number {
  return Math.min(...grounds.map((ground) => contrast(color, ground)));
}

/**
 * The closest shade of a color with at least the given contrast to all backgrounds; the color itself if its contrast
 * suffices. Keeps hue and, as far as possible, chroma; moves lightness away from the backgrounds.
 */
export function readableShade(color: string, grounds: readonly string[], least: number): string {
  if (leastContrast(color, grounds) >= least) return hexOf(toRgb(color));
  const [lightness, a, b] = okLabOf(color);
  const isGroundLight = Math.min(...grounds.map(luminance)) > 0.18;
  const end = isGroundLight ? 0 : 1;
  for (let step = 1; step <= 200; step++) {
    const moved = lightness + ((end - lightness) * step) / 200;
    // Chroma fades toward black and white, which have none.
    const share = 1 - (step / 200) ** 3;
    const shade = hexOf(fromOkLab([moved, a * share, b * share]));
    if (leastContrast(shade, grounds) >= least) return shade;
  }
  return isGroundLight ? "#000000" : "#ffffff";
}

/** The same hue at another lightness (0 to 1). */
export function atLightness(color: string, lightness: number): string {
  const [, a, b] = okLabOf(color);
  return hexOf(fromOkLab([lightness, a, b]));
}

/** A mixture of two colors in OKLab. @param share of `b`, from 0 to 1. */
export function mix(a: string, b: string, share: number): string {
  const [from, to] = [okLabOf(a), okLabOf(b)];
  const at = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return hexOf(fromOkLab([at(0), at(1), at(2)]));
}

function toRgb(hex: string): Rgb {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const channel = (at: number) => Number.parseInt(digits.slice(at, at + 2), 16) / 255;
  return [channel(0), channel(2), channel(4)];
}

function hexOf(rgb: Rgb): string {
  const digits = rgb.map((share) => {
    const value = Math.round(Math.min(1, Math.max(0, share)) * 255);
    return value.toString(16).padStart(2, "0");
  });
  return `#${digits.join("")}`;
}

const linear = (share: number): number =>
  share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
const gamma = (share: number): number =>
  share <= 0.0031308 ? share * 12.92 : 1.055 * Math.max(0, share) ** (1 / 2.4) - 0.055;

function luminance(hex: string): number {
  const [red, green, blue] = toRgb(hex);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function okLabOf(hex: string): OkLab {
  const rgb = toRgb(hex);
  const [red, green, blue] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function fromOkLab([lightness, a, b]: OkLab): Rgb {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}
