import { createRequire } from "node:module";

/**
 * Node's own SQLite, loaded when a database is opened: Node 22.12 lacks it and runs everything else.
 * @throws Error with the code `ERR_UNKNOWN_BUILTIN_MODULE` there.
 */
export function nodeSqlite(): typeof import("node:sqlite") {
  return createRequire(import.meta.url)("node:sqlite");
}
