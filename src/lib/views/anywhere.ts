import type { PageSpec } from "../site/outputs.ts";

/** The route of pages whose address the author sets: own pages, notes, and posts with a permalink pattern. */
export const ANYWHERE = "[...page]";

/** Route and parameters of a page at any address. */
export function anywhere(path: string): Pick<PageSpec, "route" | "params" | "path"> {
  return { route: ANYWHERE, params: { page: decodeURI(path).replace(/^\/|\/$/g, "") }, path };
}
