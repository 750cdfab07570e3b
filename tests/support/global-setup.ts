import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { writeLongConversation } from "../fixtures/long-conversation.ts";
import { build, copyCache, demoSite, root, type BuiltSite } from "./build.ts";
import { hasDemo } from "./demo.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The demo blog, built at `/`. */
    demo: BuiltSite;
    /** The demo blog, built below `/blog/`, with a post with 1,600 responses. */
    demoBelow: BuiltSite;
  }
}

const BELOW = "https://backfence.example/blog/";

/**
 * Builds the demo blog for all browser and page tests: once at the root, and once below a base path with a post with
 * 1,600 responses.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  if (!hasDemo(root)) return () => undefined;
  const demo = demoSite();
  const demoBelow = demoSite({ url: BELOW });
  writeLongConversation(demoBelow.contentDir, BELOW);
  await build(demo);
  // Pictures don't depend on the base path.
  copyCache(demo, demoBelow);
  await build(demoBelow);
  project.provide("demo", demo);
  project.provide("demoBelow", demoBelow);
  return () => {
    for (const site of [demo, demoBelow]) rmSync(site.folder, { recursive: true, force: true });
  };
}
