/** Entry of the server bundle that renders Backfence's pages: Astro's app and the door to the data of the routes. */
import { createApp } from "astro/app/entrypoint";

export const app = createApp();
export { provideRendering } from "../lib/site/rendering.ts";
