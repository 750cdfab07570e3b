import { setImmediate } from "node:timers/promises";
import type { LoadedBlog } from "../lib/content/load-blog.ts";
import { withModuleBodies, type RenderedModuleBodies } from "./module-bodies.ts";
import { planSite, type PlanOptions, type SitePlan } from "./plan-site.ts";

/** What there is to make, before and after the posts with imports of their own are rendered. */
export interface Plans {
  /** For all that shows no text of a post. */
  readonly early: SitePlan;
  readonly whole: Promise<SitePlan>;
}

/** Plans what doesn't have to wait; where the bodies are there at once, because they were kept, all of it. */
export async function plansFor(
  loaded: LoadedBlog,
  rendering: Promise<RenderedModuleBodies>,
  options: PlanOptions,
): Promise<Plans> {
  const whole = rendering.then((rendered) =>
    planSite({ ...loaded, blog: withModuleBodies(loaded.blog, rendered) }, options),
  );
  whole.catch(() => undefined);
  const atOnce = await Promise.race([whole, setImmediate(null)]);
  return { early: atOnce ?? planSite(loaded, options), whole };
}
