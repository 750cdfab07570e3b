/** Entry of the server bundle that renders Backfence's pages: Astro's app and the door to the data of the routes. */
import { createApp } from "astro/app/entrypoint";

// A page is one string in the end; streaming would make it from pieces.
export const app = createApp({ streaming: false });
export { catchPageErrors, provideRendering } from "../lib/site/rendering.ts";
