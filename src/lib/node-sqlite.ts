import { createRequire } from "node:module";

/**
 * Node's built-in SQLite, loaded only when a database is opened: Node 22.12 lacks it but can run everything else.
 * @throws Error with the code `ERR_UNKNOWN_BUILTIN_MODULE` if Node lacks it.
 */
export function nodeSqlite(): typeof import("node:sqlite") {
  return createRequire(import.meta.url)("node:sqlite");
}
