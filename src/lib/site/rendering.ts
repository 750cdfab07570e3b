import type { PageSpec } from "./outputs.ts";

/** What Astro's routes ask for while they render. The build and the dev server set it; the routes only read it. */
export interface Rendering {
  /** The pages that one route file makes. */
  pagesOf(route: string): readonly PageSpec[];
  /** Stored HTML of a body by its key. */
  bodyHtml(key: string): string | Promise<string>;
}

const HOLDER = Symbol.for("backfence.rendering");

/** Hands the routes their data. Global, since Vite runs the routes in a module graph of their own. */
export function setRendering(rendering: Rendering): void {
  Reflect.set(globalThis, HOLDER, rendering);
}

/** @throws Error when nothing has been loaded, as in a bare `astro build`. */
export function getRendering(): Rendering {
  const rendering: unknown = Reflect.get(globalThis, HOLDER);
  if (!isRendering(rendering)) throw new Error("No blog is loaded: use `npm run build` or `npm run dev`");
  return rendering;
}

function isRendering(value: unknown): value is Rendering {
  return typeof value === "object" && value !== null && "pagesOf" in value && "bodyHtml" in value;
}
