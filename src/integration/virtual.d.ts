declare module "virtual:backfence/module-bodies" {
  import type { AstroComponentFactory } from "astro/runtime/server/index.js";

  /** Posts with imports or expressions of their own: slug → their compiled text. */
  export const bodies: Readonly<Record<string, () => Promise<{ default: AstroComponentFactory }>>>;
}
