import { isAdded, type HeaderRule } from "./parse-headers.ts";
import type { HostPolicy } from "./policy.ts";

const FILES = "file_server {\n\t\tprecompressed zstd br gzip\n\t}";

/**
 * The part of a Caddyfile's site block that a build knows (Caddy 2.6 or later): headers, media types, redirects, posts
 * that were taken down, the page for missing addresses. `root` is set by the file that imports it.
 */
export function caddySnippet(policy: HostPolicy): string {
  const { base, hidden } = policy;
  return `# Made by the build of the blog; the Caddyfile imports it.
route {
${policy.headers.flatMap(headerLines).map(indented).join("")}${typeLines(policy).map(indented).join("")}
	@hidden path ${hidden.join(" ")}
	error @hidden 404
	@write not method GET HEAD OPTIONS
	header @write Allow "GET, HEAD, OPTIONS"
	error @write 405
${oldAddresses(policy)}
${base === "/" ? `	${FILES}` : below(base)}
}
handle_errors {
	header Cache-Control "no-cache"
	@missing expression {http.error.status_code} == 404
	handle @missing {
		header Content-Type "text/html; charset=utf-8"
		rewrite * /404.html
		${FILES.replaceAll("\n", "\n\t")}
	}
	handle {
		header Content-Type "text/plain; charset=utf-8"
		respond "{http.error.status_code} {http.error.status_text}"
	}
}
`;
}

function below(base: string): string {
  return `	redir ${base.slice(0, -1)} ${base} 308
	handle_path ${base}* {
	${FILES.replaceAll("\n", "\n\t")}
	}
	error 404`;
}

function indented(line: string): string {
  return `\t${line}\n`;
}

function headerLines({ match, path, set, remove }: HeaderRule): string[] {
  const matcher = match === "prefix" ? `${quoted(`${path}*`)} ` : `${quoted(path)} `;
  const at = path === "/" && match === "prefix" ? "" : matcher;
  const seen = new Set<string>();
  return [
    ...remove.map((name) => `header ${at}-${name}`),
    ...set.map(([name, value]) => {
      const plus = seen.has(name.toLowerCase()) || isAdded(name) ? "+" : "";
      seen.add(name.toLowerCase());
      return `header ${at}${plus}${name} ${quoted(value)}`;
    }),
  ];
}

function typeLines({ types }: HostPolicy): string[] {
  const byType = Map.groupBy(Object.entries(types), ([, type]) => type);
  return [...byType].flatMap(([type, endings], index) => [
    `@type${index} path ${endings.map(([ending]) => `*.${ending}`).join(" ")}`,
    `header @type${index} Content-Type ${quoted(type)}`,
  ]);
}

/** One table for all old addresses; a query is kept. */
function oldAddresses({ redirects, gone, base }: HostPolicy): string {
  const rows = [
    ...gone.flatMap((path) => {
      const file = `/${path.slice(base.length)}index.html`;
      return [path, path.slice(0, -1)].map((from) => `${quoted(from)} ${quoted(file)} "410"`);
    }),
    ...redirects.map(({ from, to, status }) => `${quoted(from)} ${quoted(to)} "${status}"`),
  ];
  if (rows.length === 0) return "";
  const statuses = [...new Set(redirects.map(({ status }) => status))];
  const redirs = statuses.flatMap((status) => [
    `	@moved${status}query expression \`{old_status} == "${status}" && {query} != ""\``,
    `	redir @moved${status}query {old_to}?{query} ${status}`,
    `	@moved${status} expression \`{old_status} == "${status}"\``,
    `	redir @moved${status} {old_to} ${status}`,
  ]);
  return `	map {path} {old_to} {old_status} {
${rows.map((row) => `\t\t${row}\n`).join("")}		default "" ""
	}
${redirs.join("\n")}
	@gone expression \`{old_status} == "410"\`
	handle @gone {
		header Content-Type "text/html; charset=utf-8"
		rewrite * {old_to}
		file_server {
			precompressed zstd br gzip
			status 410
		}
	}`;
}

/** A word of a Caddyfile. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', String.raw`\"`)}"`;
}
