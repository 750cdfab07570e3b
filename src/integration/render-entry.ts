/** Entry of the server bundle that renders Backfence's pages: Astro's app, and setters for data and error handling. */
import { createApp } from "astro/app/entrypoint";

// Pages are written as a whole, so streaming has no use.
export const app = createApp({ streaming: false });
export { catchPageErrors, provideRendering } from "../lib/site/rendering.ts";
