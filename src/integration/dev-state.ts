/** Names with which a page of the dev server reports the version of the content that it shows. */
import { fileURLToPath } from "node:url";

/** Name of the entry in the `Server-Timing` header, the only header of its own response that a page can read. */
export const STATE_HEADER = "content-state";

/** Vite event with which a page, once connected, reports the version that it shows; also the server's reply. */
export const STATE_EVENT = "backfence:shown";

/** Absolute path of the browser script that sends the event. */
export const DEV_CLIENT = fileURLToPath(
  new URL(`../client/dev-reload${import.meta.filename.slice(-3)}`, import.meta.url),
);
