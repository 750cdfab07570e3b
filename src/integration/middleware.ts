/**
 * Middleware of every page: what the author's code throws goes to the integration, which names the file and the line;
 * Astro would log it with its stack.
 */
import type { MiddlewareHandler } from "astro";
import { getPageErrorHandler } from "../lib/site/rendering.ts";

export const onRequest: MiddlewareHandler = async ({ request }, next) => {
  try {
    const response = await next();
    if (!import.meta.env.DEV || response.body === null) return response;
    // Astro streams pages in dev, and an error can come after the first part.
    return new Response(await response.arrayBuffer(), response);
  } catch (error) {
    const onPageError = getPageErrorHandler();
    if (onPageError === null) throw error;
    return onPageError(error, request.url);
  }
};
