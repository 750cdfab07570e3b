/**
 * Middleware of every page: passes errors thrown by the author's code to the integration, which reports the file and
 * line. Astro would log them with their stack.
 */
import type { MiddlewareHandler } from "astro";
import { getPageErrorHandler } from "../lib/site/rendering.ts";

export const onRequest: MiddlewareHandler = async ({ request }, next) => {
  try {
    const response = await next();
    if (!import.meta.env.DEV || response.body === null) return response;
    // Astro streams pages in dev, so an error can occur after the first chunk.
    return new Response(await response.arrayBuffer(), response);
  } catch (error) {
    const onPageError = getPageErrorHandler();
    if (onPageError === null) throw error;
    return onPageError(error, request.url);
  }
};
