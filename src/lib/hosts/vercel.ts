import { isAdded, type HeaderRule } from "./parse-headers.ts";
import type { HostPolicy } from "./policy.ts";

interface Route {
  readonly src?: string;
  readonly dest?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly continue?: boolean;
  readonly handle?: "filesystem";
}

/**
 * `.vercel/output/config.json` of Vercel's Build Output API, version 3
 * (https://vercel.com/docs/build-output-api/configuration). `vercel.json` can't contain these rules, because Vercel
 * reads it before the build.
 */
export function vercelConfig(policy: HostPolicy): string {
  const { base, hidden, gone, redirects } = policy;
  const routes: Route[] = [
    ...hidden.map((path) => ({ src: exact(path), dest: `${base}404.html`, status: 404 })),
    ...headersByRule(policy.headers),
    ...gone.map((path) => ({
      src: `^${escaped(encodeURI(path.slice(0, -1)))}/?$`,
      dest: `${encodeURI(path)}index.html`,
      status: 410,
    })),
    ...redirects.map(({ from, to, status }) => ({
      src: exact(from),
      status,
      headers: { Location: to },
    })),
    // Pages end with a slash.
    { src: "^/((?:[^/]+/)*[^/.]+)$", status: 308, headers: { Location: "/$1/" } },
    { handle: "filesystem" },
    { src: "^/.*$", dest: `${base}404.html`, status: 404 },
  ];
  return `${JSON.stringify({ version: 3, routes }, null, 2)}\n`;
}

/** A route per rule. Includes values of general rules for headers that add up; Vercel doesn't support removals. */
function headersByRule(rules: readonly HeaderRule[]): Route[] {
  const added: { readonly rule: HeaderRule; readonly name: string; readonly value: string }[] = [];
  return rules
    .filter(({ set }) => set.length > 0)
    .map((rule) => {
      const headers: Record<string, string> = {};
      for (const [name, value] of rule.set) {
        if (isAdded(name)) added.push({ rule, name, value });
        const earlier = added.filter((one) => one.name === name && covers(one.rule, rule));
        headers[name] = isAdded(name) ? earlier.map((one) => one.value).join(", ") : value;
      }
      const src = rule.match === "exact" ? exact(rule.path) : `^${escaped(encodeURI(rule.path))}.*$`;
      return { src, headers, continue: true };
    });
}

function covers(general: HeaderRule, rule: HeaderRule): boolean {
  return general.match === "prefix" ? rule.path.startsWith(general.path) : general.path === rule.path;
}

function exact(path: string): string {
  return `^${escaped(encodeURI(path))}$`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
