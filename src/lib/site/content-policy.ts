import { analyticsScript } from "./analytics.ts";
import { newsletterOrigins } from "./newsletter.ts";
import type { Settings } from "./settings.ts";

type Directive =
  `${"default-src" | "img-src" | "media-src" | "font-src" | "connect-src" | "frame-src" | "worker-src" | "manifest-src" | "object-src" | "base-uri" | "form-action"} ${string}`;

/** A Content Security Policy as Astro's options; Astro adds the hashes. */
export interface ContentPolicy {
  readonly directives: Directive[];
  readonly scriptSources: string[];
  readonly styleSources: string[];
}

/** Origins of video players, which load when the reader clicks. */
export const VIDEO_FRAMES = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"] as const;

/** Search engine for the search form without JavaScript, which is used only on submit. */
export const SEARCH_ENGINE = "https://duckduckgo.com/";

/**
 * The policy of all pages: allows only this site, the frames of video players and giscus, the hosts of `analytics`, and
 * forms to the search engine and to the hosts of `newsletter` and `webmention`. `wasm-unsafe-eval` lets Pagefind
 * compile its WebAssembly module (https://pagefind.app/docs/hosting/).
 */
export function contentPolicy(settings: Settings): ContentPolicy {
  const frames = [...VIDEO_FRAMES, ...(settings.giscus === null ? [] : [settings.giscus.host])];
  const counter = analyticsScript(settings);
  const images = counter === null || counter.imageOrigin === null ? [] : [counter.imageOrigin];
  const { webmention } = settings;
  const receivers = [webmention?.endpoint ?? null, webmention?.comments ?? null].flatMap((address) =>
    address === null ? [] : [new URL(address).origin],
  );
  return {
    directives: [
      "default-src 'self'",
      `img-src ${["'self' data:", ...images].join(" ")}`,
      "media-src 'self'",
      "font-src 'self'",
      `connect-src ${["'self'", ...(counter?.connectOrigins ?? [])].join(" ")}`,
      `frame-src ${frames.join(" ")}`,
      "worker-src 'self' blob:",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      `form-action 'self' ${[...new Set([new URL(SEARCH_ENGINE).origin, ...receivers, ...newsletterOrigins(settings)])].join(" ")}`,
    ],
    scriptSources: ["'self'", "'wasm-unsafe-eval'", ...(counter === null ? [] : [counter.scriptOrigin])],
    styleSources: ["'self'"],
  };
}
