/**
 * The process that bundles engines and renders bodies of posts with imports: Astro and Vite take their memory with them
 * when it ends. What only bodies need is loaded for them: pages wait for the engine that is bundled before.
 */
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { astroConfig } from "./astro-config.ts";
import { bundleEngine } from "./bundle-engine.ts";
import type { Answer, BundleOrder, Task } from "./bundler.ts";
import { mistakesIn } from "./bundle-errors.ts";
import type { BodiesOrder } from "./render-bodies.ts";

// Whoever asked has what it needs, or has been killed.
process.once("disconnect", () => process.exit(0));
process.on("message", async (task: Task) => {
  process.send?.(await (task.name === "bundle" ? bundle(task.order) : render(task.order)));
});

async function render(order: BodiesOrder): Promise<Answer> {
  try {
    const { renderBodies } = await import("./render-bodies.ts");
    return { ...NOTHING, bodies: await renderBodies(order) };
  } catch (error) {
    return error instanceof AuthorError
      ? { ...NOTHING, issues: error.issues }
      : { ...NOTHING, failure: storyOf(error) };
  }
}

const NOTHING: Answer = { bodies: [], issues: [], failure: null };

async function bundle({ draft, root, srcDir, settings, bodies }: BundleOrder): Promise<Answer> {
  const config = astroConfig(settings);
  try {
    if (bodies === null) await bundleEngine({ draft, root, srcDir, project: root, config });
    else {
      const { forBodies } = await import("./bodies-config.ts");
      const own = forBodies(config, { draft, root, settings, bodies });
      await bundleEngine({ draft, srcDir, project: root, ...own });
    }
    return NOTHING;
  } catch (error) {
    return answerTo(error, root, bodies === null ? root : path.dirname(bodies.contentDir));
  }
}

function answerTo(error: unknown, root: string, home: string): Answer {
  const issues = mistakesIn(error, { engineSource: path.join(root, "src"), home });
  return issues === null ? { ...NOTHING, failure: storyOf(error) } : { ...NOTHING, issues };
}

function storyOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
