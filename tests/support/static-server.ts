import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createBrotliCompress, createGzip, constants } from "node:zlib";
import { contentType } from "../../src/lib/site/content-type.ts";

export interface StaticServer {
  /** Origin and base path: `http://localhost:4711/blog/`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** A free port by default. */
  readonly port?: number;
  /** Awaited before each response. */
  readonly before?: (pathname: string) => Promise<void> | undefined;
  /** Called for each request. */
  readonly onRequest?: (request: IncomingMessage) => void;
  /** Called for each response with its number of bytes on the wire, including headers. */
  readonly onSent?: (bytes: number) => void;
}

/** Serves a folder like a plain static host: `index.html` for folders, `404.html`, headers from `_headers`. */
export async function serveStatic(
  folder: string,
  base = "/",
  { port: wanted = 0, before, onRequest, onSent }: ServerOptions = {},
): Promise<StaticServer> {
  const headers = readHeaderRules(path.join(folder, "_headers"));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    onRequest?.(request);
    const sentBefore = request.socket.bytesWritten;
    response.once("finish", () => onSent?.(request.socket.bytesWritten - sentBefore));
    await before?.(pathname);
    const found = findFile(folder, base, decodeURIComponent(pathname));
    if (found.redirect !== undefined) return void response.writeHead(301, { location: found.redirect }).end();
    for (const [name, value] of headers(pathname)) response.setHeader(name, value);
    response.setHeader("content-type", contentType(found.file));
    if (!existsSync(found.file)) return void response.writeHead(404).end();
    const stream = createReadStream(found.file);
    const accepts = String(request.headers["accept-encoding"] ?? "");
    const isText = /\.(html|css|js|json|xml|txt|svg|webmanifest)$/.test(found.file);
    if (isText && accepts.includes("br")) {
      response.writeHead(found.status, { "content-encoding": "br" });
      stream.pipe(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })).pipe(response);
    } else if (isText && accepts.includes("gzip")) {
      response.writeHead(found.status, { "content-encoding": "gzip" });
      stream.pipe(createGzip()).pipe(response);
    } else {
      response.writeHead(found.status);
      stream.pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Found {
  readonly file: string;
  readonly status: number;
  readonly redirect?: string;
}

function findFile(folder: string, base: string, pathname: string): Found {
  const missing = { file: path.join(folder, "404.html"), status: 404 };
  if (!pathname.startsWith(base) || pathname.includes("..")) return missing;
  const file = path.join(folder, pathname.slice(base.length));
  if (!existsSync(file)) return missing;
  if (!statSync(file).isDirectory()) return { file, status: 200 };
  if (!pathname.endsWith("/")) return { file, status: 301, redirect: `${encodeURI(pathname)}/` };
  const index = path.join(file, "index.html");
  return existsSync(index) ? { file: index, status: 200 } : missing;
}

/** Parses a `_headers` file of Netlify and Cloudflare: a path pattern, then indented `Name: value` lines. */
function readHeaderRules(file: string): (pathname: string) => [string, string][] {
  const rules: { pattern: RegExp; name: string; value: string }[] = [];
  let pattern = /$^/;
  for (const line of existsSync(file) ? readFileSync(file, "utf8").split("\n") : []) {
    const split = line.indexOf(":");
    if (/^\s/.test(line) && split > 0) {
      rules.push({ pattern, name: line.slice(0, split).trim(), value: line.slice(split + 1).trim() });
    } else if (line.startsWith("/")) {
      const source = line
        .trim()
        .split("*")
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
      pattern = new RegExp(`^${source.join(".*")}$`);
    }
  }
  return (pathname) =>
    rules.filter((rule) => rule.pattern.test(pathname)).map(({ name, value }) => [name, value]);
}
