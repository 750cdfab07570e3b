/** How a page of the dev server says which version of the content it shows. */
import { fileURLToPath } from "node:url";

/** Name of the entry in the `Server-Timing` header, the only header that a page can read of itself. */
export const STATE_HEADER = "content-state";

/** Vite event in which a page names the version that it shows, once it is connected, and with which it's answered. */
export const STATE_EVENT = "backfence:shown";

/** The browser script that sends it, absolute. */
export const DEV_CLIENT = fileURLToPath(
  new URL(`../client/dev-reload${import.meta.filename.slice(-3)}`, import.meta.url),
);
