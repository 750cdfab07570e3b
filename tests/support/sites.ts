import { inject } from "vitest";

/** The demo blog as tests look at it: published at `/` and below `/blog/`, each built once for all of them. */
export const SITES = [
  ["at the root", inject("demo")],
  ["below a base path", inject("demoBelow")],
] as const;
