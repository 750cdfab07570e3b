import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { build, demoSite, root, type BuiltSite } from "./build.ts";
import { hasDemo } from "./demo.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The demo blog, built at `/`. */
    demo: BuiltSite;
    /** The demo blog, built below `/blog/`. */
    demoBelow: BuiltSite;
  }
}

/** Builds the demo blog once at the root and once below a base path, for all browser and page tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  if (!hasDemo(root)) return () => undefined;
  const demo = demoSite();
  const demoBelow = demoSite({ url: "https://backfence.example/blog/" });
  await build(demo);
  await build(demoBelow);
  project.provide("demo", demo);
  project.provide("demoBelow", demoBelow);
  return () => {
    for (const site of [demo, demoBelow]) rmSync(site.folder, { recursive: true, force: true });
  };
}
