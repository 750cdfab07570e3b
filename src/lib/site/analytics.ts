import type { Settings } from "./settings.ts";

/** Services that `analytics` knows. */
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

/** The script that a service asks for, and the origins that it has to reach. */
export interface AnalyticsScript {
  /** Attributes of the `script` element. */
  readonly attrs: Readonly<Record<string, string>>;
  readonly scriptOrigin: string;
  /** Where it sends what it counts. */
  readonly connectOrigins: readonly string[];
  /** Origin of the picture by which it counts, if any. */
  readonly imageOrigin: string | null;
}

/** Text of the file `/analytics.js` for services that need settings in JavaScript; null for the others. */
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

/** The script of the service that the author chose; null when readers aren't counted. */
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

/** Site path of the file that `analyticsFile` makes. */
export const ANALYTICS_PATH = "/analytics.js";

/** Missing settings of a service; null if there are none. Completes "`analytics` needs …". */
export function missingOfAnalytics({ analytics }: Pick<Settings, "analytics">): "id" | "host" | null {
  if (analytics === null) return null;
  const { provider, id, host } = analytics;
  if (provider === "matomo" && host === null) return "host";
  if (["umami", "fathom", "matomo", "cloudflare"].includes(provider) && id === null) return "id";
  return provider === "goatcounter" && id === null && host === null ? "id" : null;
}

/** The id in an address that was written in its place; null when the id is one. */
export function meantAnalyticsId({ analytics }: Pick<Settings, "analytics">): string | null {
  const { provider, id = null } = analytics ?? {};
  if (id === null) return null;
  const host = id.replace(/^https?:\/\//, "").replace(/[/?#].*$/, "");
  const meant = provider === "goatcounter" ? host.replace(/\.goatcounter\.com$/, "") : host;
  return id === meant ? null : meant;
}
