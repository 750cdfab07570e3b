import { isAdded, type HeaderRule } from "./parse-headers.ts";
import type { HostPolicy } from "./policy.ts";

type Header = readonly [name: string, value: string];

/**
 * The part of an nginx server block that a build knows (nginx 1.18 or later). `$blog_root`, the built site's folder, is
 * set by the file that includes it. In nginx, a location with its own headers doesn't inherit those of the server, so each location
 * with headers of its own repeats the general ones.
 */
export function nginxSnippet(policy: HostPolicy): string {
  const { base, hidden, gone, redirects } = policy;
  const taken = new Set([...redirects.map(({ from }) => from), ...gone, ...hidden]);
  const scopes = policy.headers.filter(
    ({ match, path }) => path !== "/" && path !== base && !(match === "exact" && taken.has(path)),
  );
  const missing = `${base}404.html`;
  return `# Made by the build of the blog; the server block includes it.
absolute_redirect off;
charset utf-8;
charset_types ${charsetTypes(policy).join(" ")};
types {
${typeLines(policy)}}
default_type application/octet-stream;
error_page 404 ${missing};
${headerLines(effective(policy.headers, null, base)).join("\n")}
${base === "/" ? "root $blog_root;" : subfolder(base)}

${hidden.map((path) => `location = ${quoted(path)} {\n\treturn 404;\n}\n`).join("")}${uniquePaths(scopes)
    .map((scope) => scopeBlock(scope, policy))
    .join("")}${gone.map(goneBlocks).join("")}${redirects
    .map(
      ({ from, to, status }) =>
        `location = ${quoted(from)} {\n\treturn ${status} ${quoted(`${to}$is_args$args`)};\n}\n`,
    )
    .join("")}`;
}

function subfolder(base: string): string {
  return `location = ${quoted(base.slice(0, -1))} {\n\treturn 308 ${quoted(base)};\n}
location ${quoted(base)} {\n\talias $blog_root/;\n}
location / {\n\treturn 404;\n}`;
}

/** A folder's page is answered as its index file, which is what a location sees. */
function scopeBlock({ match, path }: HeaderRule, { headers, base }: HostPolicy): string {
  const alias = base === "/" ? "" : `\talias ${quoted(`$blog_root/${path.slice(base.length)}`)};\n`;
  const lines = headerLines(effective(headers, { match, path }, base)).map((line) => `\t${line}\n`);
  const file = match === "exact" && path.endsWith("/") ? `${path}index.html` : path;
  const ownAlias = file === path ? alias : alias.replace(/";\n$/, 'index.html";\n');
  return `location ${match === "exact" ? "=" : "^~"} ${quoted(file)} {\n${ownAlias}${lines.join("")}}\n`;
}

function goneBlocks(path: string): string {
  return [path, path.slice(0, -1)]
    .map(
      (from) =>
        `location = ${quoted(from)} {\n\terror_page 410 ${quoted(`${path}index.html`)};\n\treturn 410;\n}\n`,
    )
    .join("");
}

function uniquePaths(rules: readonly HeaderRule[]): HeaderRule[] {
  return [...new Map(rules.map((rule) => [`${rule.match} ${rule.path}`, rule])).values()];
}

/** All headers at a place: those of every rule that covers it. @param place null: addresses that no rule names. */
function effective(
  rules: readonly HeaderRule[],
  place: Pick<HeaderRule, "match" | "path"> | null,
  base: string,
): Header[] {
  let headers: Header[] = [];
  for (const rule of rules.filter((one) => covers(one, place, base))) {
    const replaced = new Set(
      [...rule.remove, ...rule.set.map(([name]) => name)].map((name) => name.toLowerCase()),
    );
    const isKept = ([name]: Header): boolean =>
      !replaced.has(name.toLowerCase()) || (isAdded(name) && !rule.remove.includes(name));
    headers = [...headers.filter(isKept), ...rule.set];
  }
  return headers;
}

function covers(rule: HeaderRule, place: Pick<HeaderRule, "match" | "path"> | null, base: string): boolean {
  if (place === null) return rule.match === "prefix" && (rule.path === "/" || rule.path === base);
  if (rule.match === "exact") return place.match === "exact" && place.path === rule.path;
  return place.path.startsWith(rule.path);
}

/** Errors get the headers that protect, and aren't kept. */
function headerLines(headers: readonly Header[]): string[] {
  return headers.map(([name, value]) => {
    const always = name.toLowerCase() === "cache-control" ? "" : " always";
    // nginx knows no way to write this sign.
    if (value.includes("$")) return `# ${name} is omitted: its value contains a dollar sign.`;
    return `add_header ${name} ${quoted(value)}${always};`;
  });
}

function typeLines({ types }: HostPolicy): string {
  const byType = Map.groupBy(Object.entries(types), ([, type]) => bare(type));
  return [...byType]
    .map(([type, endings]) => `\t${type} ${endings.map(([ending]) => ending).join(" ")};\n`)
    .join("");
}

function charsetTypes({ types }: HostPolicy): string[] {
  return [
    ...new Set(
      Object.values(types)
        .filter((type) => type.includes("charset"))
        .map(bare),
    ),
  ];
}

function bare(type: string): string {
  return type.replace(/;.*$/, "");
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
