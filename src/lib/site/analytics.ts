import type { Settings } from "./settings.ts";

/** Services that the setting `analytics` supports. */
export const ANALYTICS_PROVIDERS = [
  "plausible",
  "goatcounter",
  "umami",
  "fathom",
  "simple-analytics",
  "matomo",
  "cloudflare",
] as const;

export type AnalyticsProvider = (typeof ANALYTICS_PROVIDERS)[number];

/** The script of a service, and the origins that it needs. */
export interface AnalyticsScript {
  /** Attributes of the `script` element. */
  readonly attrs: Readonly<Record<string, string>>;
  readonly scriptOrigin: string;
  /** Origins that it sends data to. */
  readonly connectOrigins: readonly string[];
  /** Origin of its tracking pixel; null if it has none. */
  readonly imageOrigin: string | null;
}

/** Text of `/analytics.js` for services that are configured in JavaScript (Matomo); null for the others. */
export function analyticsFile(settings: Pick<Settings, "analytics" | "url">): string | null {
  const { analytics } = settings;
  if (analytics?.provider !== "matomo") return null;
  const host = JSON.stringify(`${analytics.host ?? ""}/`);
  const id = JSON.stringify(analytics.id ?? "1");
  return (
    `(()=>{if(navigator.doNotTrack==="1")return;const q=window._paq=window._paq||[];` +
    `q.push(["setDoNotTrack",true],["disableCookies"],["trackPageView"],["enableLinkTracking"],` +
    `["setTrackerUrl",${host}+"matomo.php"],["setSiteId",${id}]);` +
    `const s=document.createElement("script");s.async=true;s.src=${host}+"matomo.js";document.head.append(s)})();\n`
  );
}

/** The script of the configured service; null without analytics. */
export function analyticsScript({
  analytics,
  url,
}: Pick<Settings, "analytics" | "url">): AnalyticsScript | null {
  if (analytics === null) return null;
  const { id, host } = analytics;
  const domain = id ?? new URL(url).hostname;
  const script = (
    src: string,
    attrs: Readonly<Record<string, string>>,
    { connect, image = null }: { connect: readonly string[]; image?: string | null },
  ): AnalyticsScript => ({
    attrs: { defer: "", src, ...attrs },
    scriptOrigin: new URL(src).origin,
    connectOrigins: connect,
    imageOrigin: image,
  });
  switch (analytics.provider) {
    case "plausible": {
      const origin = host ?? "https://plausible.io";
      return script(`${origin}/js/script.js`, { "data-domain": domain }, { connect: [origin] });
    }
    case "goatcounter": {
      const origin = host ?? `https://${id ?? "example"}.goatcounter.com`;
      const src = host === null ? "https://gc.zgo.at/count.js" : `${host}/count.js`;
      return script(src, { "data-goatcounter": `${origin}/count` }, { connect: [origin], image: origin });
    }
    case "umami": {
      const origin = host ?? "https://cloud.umami.is";
      const connect = host === null ? [origin, "https://api-gateway.umami.dev"] : [origin];
      return script(
        `${origin}/script.js`,
        { "data-website-id": id ?? "", "data-do-not-track": "true" },
        { connect },
      );
    }
    case "fathom": {
      const origin = host ?? "https://cdn.usefathom.com";
      return script(
        `${origin}/script.js`,
        { "data-site": id ?? "", "data-honor-dnt": "true" },
        { connect: [origin], image: origin },
      );
    }
    case "simple-analytics": {
      const origin = host ?? "https://scripts.simpleanalyticscdn.com";
      const queue = "https://queue.simpleanalyticscdn.com";
      return script(
        `${origin}/latest.js`,
        { ...(id === null ? {} : { "data-hostname": id }), "data-collect-dnt": "false" },
        { connect: [host ?? queue], image: host ?? queue },
      );
    }
    case "matomo": {
      const origin = host ?? "";
      return {
        attrs: { defer: "", src: ANALYTICS_PATH },
        ...{ scriptOrigin: origin, connectOrigins: [origin], imageOrigin: origin },
      };
    }
    case "cloudflare": {
      const origin = host ?? "https://static.cloudflareinsights.com";
      return script(
        `${origin}/beacon.min.js`,
        { "data-cf-beacon": JSON.stringify({ token: id ?? "" }) },
        { connect: [host ?? "https://cloudflareinsights.com"] },
      );
    }
  }
}

/** Site path of the file with the text from `analyticsFile`. */
export const ANALYTICS_PATH = "/analytics.js";

/** The setting that the service requires but is missing; null if complete. Completes "`analytics` needs …". */
export function missingOfAnalytics({ analytics }: Pick<Settings, "analytics">): "id" | "host" | null {
  if (analytics === null) return null;
  const { provider, id, host } = analytics;
  if (provider === "matomo" && host === null) return "host";
  if (["umami", "fathom", "matomo", "cloudflare"].includes(provider) && id === null) return "id";
  return provider === "goatcounter" && id === null && host === null ? "id" : null;
}

/** The id extracted from an address given as `id`; null if `id` is already an id. */
export function meantAnalyticsId({ analytics }: Pick<Settings, "analytics">): string | null {
  const { provider, id = null } = analytics ?? {};
  if (id === null) return null;
  const host = id.replace(/^https?:\/\//, "").replace(/[/?#].*$/, "");
  const meant = provider === "goatcounter" ? host.replace(/\.goatcounter\.com$/, "") : host;
  return id === meant ? null : meant;
}
