import { isAdded, type HeaderRule } from "./parse-headers.ts";
import type { HostPolicy } from "./policy.ts";

/**
 * The `.htaccess` of a built site (Apache 2.4 with mod_headers, mod_rewrite and mod_mime). It is published with the
 * site; Apache doesn't show it to readers.
 */
export function apacheFile(policy: HostPolicy): string {
  const { base, hidden, gone, redirects } = policy;
  return `# Made by the build of the blog.
Options -Indexes -MultiViews
DirectoryIndex index.html
ErrorDocument 404 ${base}404.html
AddDefaultCharset utf-8
${typeLines(policy)}
<IfModule mod_headers.c>
${policy.headers.flatMap(headerLines).join("\n")}
</IfModule>

<IfModule mod_rewrite.c>
RewriteEngine On
RewriteBase ${base}
${hidden.map((path) => `RewriteRule ^${pattern(path, base)}$ - [R=404,L]`).join("\n")}
${gone.map((path) => `RewriteRule ^${pattern(path.replace(/\/$/, ""), base)}/?$ - [G]`).join("\n")}
${redirects.map((redirect) => redirectLine(redirect, base)).join("\n")}
RewriteCond %{HTTP:Accept-Encoding} \\bbr\\b
RewriteCond %{REQUEST_FILENAME}.br -f
RewriteRule ^(.+)$ $1.br [L]
RewriteCond %{HTTP:Accept-Encoding} \\bgzip\\b
RewriteCond %{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)$ $1.gz [L]
</IfModule>

RemoveType .gz
RemoveLanguage .br
AddEncoding br .br
AddEncoding gzip .gz
<IfModule mod_headers.c>
<FilesMatch "\\.(?:br|gz)$">
Header append Vary Accept-Encoding
</FilesMatch>
</IfModule>
${gone.map((path) => goneBlock(path)).join("")}`;
}

/** The page of a post that was taken down is what its address shows with 410. */
function goneBlock(path: string): string {
  const at = `^${escaped(path.replace(/\/$/, ""))}/?$`;
  return `<If "%{REQUEST_URI} =~ m#${at}#">\nErrorDocument 410 ${encodeURI(path)}index.html\n</If>\n`;
}

function redirectLine({ from, to, status }: HostPolicy["redirects"][number], base: string): string {
  return `RewriteRule "^${pattern(from, base)}$" "${to.replaceAll("%", String.raw`\%`)}" [R=${status},L,NE]`;
}

/** A path as mod_rewrite sees it in a folder: without the folder's own part. */
function pattern(path: string, base: string): string {
  return escaped(path.slice(base.length));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\#]/g, String.raw`\$&`);
}

function headerLines({ match, path, set, remove }: HeaderRule): string[] {
  const lines = [
    ...remove.map((name) => `Header always unset ${name}`),
    ...set.map(([name, value]) => {
      const table = name.toLowerCase() === "cache-control" ? "" : "always ";
      return `Header ${table}${isAdded(name) ? "add" : "set"} ${name} "${value.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll("%", "%%")}"`;
    }),
  ];
  if (path === "/" && match === "prefix") return lines;
  return [`<If "%{REQUEST_URI} =~ m#^${escaped(path)}${match === "exact" ? "$" : ""}#">`, ...lines, "</If>"];
}

function typeLines({ types }: HostPolicy): string {
  const byType = Map.groupBy(Object.entries(types), ([, type]) => type.replace(/;.*$/, ""));
  const withCharset = Object.entries(types).filter(([, type]) => type.includes("charset"));
  return [
    ...[...byType].map(
      ([type, endings]) => `AddType ${type} ${endings.map(([ending]) => `.${ending}`).join(" ")}`,
    ),
    `AddCharset utf-8 ${withCharset.map(([ending]) => `.${ending}`).join(" ")}`,
  ].join("\n");
}
