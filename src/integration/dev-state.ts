/** How a page of the dev server says which state of the blog it shows. */

/** Name under which the `Server-Timing` header, the only one that a page can read of itself, carries the state. */
export const STATE_HEADER = "content-state";

/** The message with which a page names the state that it shows, once it's connected. */
export const STATE_EVENT = "backfence:shown";

/** The script that does so, as the engine's own modules are addressed. */
export const DEV_CLIENT = "/src/integration/dev-client.ts";
