import type { SiteYaml } from "../site/settings.ts";

const DENSITIES = {
  normal: "",
  airy: `--size-body: clamp(1.1875rem, 1.1rem + 0.35vw, 1.5rem);\n--leading: 1.72;\n`,
  compact: `--size-body: clamp(1rem, 0.96rem + 0.18vw, 1.1875rem);\n--size-lead: clamp(1.0625rem, 1rem + 0.25vw, 1.25rem);\n--size-title: clamp(1.875rem, 1.55rem + 1.4vw, 2.75rem);\n--size-display: clamp(2rem, 1.5rem + 2vw, 3.25rem);\n--leading: 1.5;\n`,
} as const;

/** Rules for the setting `density`; empty for `normal`. */
export function densityCss(density: SiteYaml["look"]["density"]): string {
  const rules = DENSITIES[density];
  return rules === "" ? "" : `@layer theme {\n:root {\n${rules}}\n}\n`;
}
