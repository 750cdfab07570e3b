/** A built site on real servers: Caddy, nginx and Apache from Debian packages, configured with `backfence host`. */
import { request } from "node:http";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { runBackfence } from "../src/cli/run-backfence.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { startApache, startCaddy, startNginx, type WebServer } from "./support/web-servers.ts";

const wranglerSchema = z.object({
  assets: z.object({
    directory: z.string(),
    html_handling: z.literal("force-trailing-slash"),
    not_found_handling: z.literal("404-page"),
  }),
});

const HEADERS = `/*
  X-Frame-Options: DENY
/rss.xml
  Cache-Control: public, max-age=600
/posts/*
  Link: </license/>; rel="license"
  X-Note: "quoted" & {braced}
/about/
  X-Exact: about
  ! X-Frame-Options
/.well-known/host-meta
  Content-Type: application/xrd+xml
`;

function blogAt(url: string): string {
  const folder = tempSiteFolder();
  // Apache reads it as a different user.
  chmodSync(folder, 0o755);
  const files: Readonly<Record<string, string>> = {
    "content/site.yaml": `title: On servers
url: ${url}
timeZone: UTC
socialPictures: false
redirects:
  /contact.html: /about/
  /elsewhere/: https://other.example/?a=1
oldFeeds: [/feed/, /feed/atom/]
webmention:
  endpoint: https://webmention.example/hook
`,
    "content/authors/nell.yaml": "name: Nell Hartigan\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWho writes.\n",
    "content/posts/fence.md":
      "---\ntitle: Over the fence\ndate: 2026-03-01\naliases: [/2008/über den zaun.html, /old/fence/]\n---\nWords.\n",
    "content/posts/gone.md": "---\ntitle: Taken down\ndate: 2026-03-02\ndeleted: 2026-05-01\n---\n",
    "public/_headers": HEADERS,
    "public/_redirects": "/blog/* /posts/:splat 301\n",
    "public/film.vtt": "WEBVTT\n",
    "public/files/Über den Zaun.txt": "Grüße über den Zaun.\n".repeat(100),
    "public/files/photos.tar.gz": "A download.",
    "public/.well-known/host-meta": "<XRD/>",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    const base = new URL(url).pathname;
    const isRule = file.startsWith("public/_");
    writeFileSync(path.join(folder, file), isRule ? text.replaceAll(/^\//gm, base) : text);
  }
  return folder;
}

/** Runs a Backfence command in a blog's folder. @returns its output. */
async function backfence(folder: string, ...args: readonly string[]): Promise<string> {
  let said = "";
  const code = await runBackfence(args, {
    root: folder,
    env: {},
    now: () => new Date("2026-06-01T12:00:00Z"),
    out: (text) => void (said += text),
    err: (text) => void (said += text),
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  expect(code, said).toBe(0);
  return said;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Sends a request with the exact URL, without decoding or normalizing it or following redirects. */
function ask(
  server: WebServer,
  target: string,
  options: { accept?: string; method?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Reply> {
  const { accept, method = "GET" } = options;
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, ...(accept === undefined ? {} : { "accept-encoding": accept }) };
    const { hostname, port } = new URL(server.origin);
    request({ hostname, port, path: target, method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(Buffer.from(chunk));
      const flat = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
      resolve({
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(flat),
        body: Buffer.concat(chunks),
      });
    })
      .on("error", reject)
      .end();
  });
}

const servers = {
  caddy: (folder: string, _base: string) =>
    startCaddy(path.join(folder, "host/Caddyfile"), folder, { BLOG_ROOT: path.join(folder, "dist") }),
  nginx: (folder: string, _base: string) =>
    startNginx(path.join(folder, "host/nginx.conf"), folder, { "/srv/blog": folder }),
  apache: (folder: string, base: string) => startApache(path.join(folder, "dist"), folder, base),
};

describe.each(["/", "/blog/"])("a blog at %s", (base) => {
  const folder = blogAt(`https://servers.example${base}`);
  beforeAll(async () => {
    for (const name of Object.keys(servers)) await backfence(folder, "host", name);
    await buildNew({ folder }, { TEST_NOW: "2026-06-01T12:00:00Z" });
    const said = await backfence(folder, "host", "--built");
    expect(said).toContain("/blog/* /posts/:splat 301");
  });

  describe.each(["caddy", "nginx", "apache"] as const)("on %s", (name) => {
    let server: WebServer;
    beforeAll(async () => {
      server = await servers[name](folder, base);
    });
    afterAll(() => server?.close());
    const at = (address: string): string => base + address.slice(1);

    test("pages, feeds and files have the correct media types", async () => {
      const types = [
        ["/", "text/html; charset=utf-8"],
        ["/posts/fence/", "text/html; charset=utf-8"],
        ["/rss.xml", "text/xml; charset=utf-8"],
        ["/atom.xml", "text/xml; charset=utf-8"],
        ["/feed.json", "application/json; charset=utf-8"],
        ["/manifest.webmanifest", "application/manifest+json"],
        ["/robots.txt", "text/plain; charset=utf-8"],
        ["/film.vtt", "text/vtt; charset=utf-8"],
        ["/icon-192.png", "image/png"],
      ] as const;
      for (const [address, type] of types) {
        const reply = await ask(server, at(address));
        expect([address, reply.status, reply.headers["content-type"]?.toLowerCase()]).toEqual([
          address,
          200,
          type,
        ]);
      }
    });

    test("pages have the CSP, and the author's own header rules in addition to Backfence's", async () => {
      const { headers } = await ask(server, at("/posts/fence/"));
      expect(headers["content-security-policy"]).toMatch(/^default-src 'self'.*frame-ancestors 'self'$/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
      expect(headers["permissions-policy"]).toContain("camera=()");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["x-note"]).toBe('"quoted" & {braced}');
      expect(headers["link"]).toContain('rel="webmention"');
      expect(headers["link"]).toContain('rel="license"');
      expect((await ask(server, at("/"))).headers["link"]).not.toContain('rel="license"');
    });

    test("files with hashed names are cached for a year, everything else is revalidated", async () => {
      const style = readdirSync(path.join(folder, "dist/_astro")).find((file) => file.endsWith(".css"));
      const forever = await ask(server, at(`/_astro/${style}`));
      expect(forever.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(forever.headers["x-content-type-options"]).toBe("nosniff");
      expect(forever.headers["x-frame-options"]).toBe("DENY");
      expect((await ask(server, at("/"))).headers["cache-control"]).toBe("no-cache");
      expect((await ask(server, at("/rss.xml"))).headers["cache-control"]).toBe("public, max-age=600");
      const missing = await ask(server, at("/_astro/missing.css"));
      expect([missing.status, missing.headers["content-type"]?.toLowerCase()]).toEqual([
        404,
        "text/html; charset=utf-8",
      ]);
      expect(missing.headers["cache-control"] ?? "no-cache").toBe("no-cache");
      for (const address of ["/contact.html", "/nothing/", "/posts/gone/"])
        expect([address, (await ask(server, at(address))).headers["cache-control"]]).toEqual([
          address,
          "no-cache",
        ]);
    });

    test("a rule for one page or file applies only there, compressed or not", async () => {
      for (const accept of ["identity", "gzip", "br"]) {
        const page = await ask(server, at("/about/"), { accept });
        expect([accept, page.headers["x-exact"], page.headers["x-frame-options"]]).toEqual([
          accept,
          "about",
          undefined,
        ]);
        const feed = await ask(server, at("/rss.xml"), { accept });
        expect([accept, feed.headers["cache-control"]]).toEqual([accept, "public, max-age=600"]);
      }
      expect((await ask(server, at("/posts/fence/"))).headers["x-exact"]).toBe(undefined);
      const { status, headers } = await ask(server, at("/.well-known/host-meta"));
      expect([status, headers["content-type"]]).toEqual([200, "application/xrd+xml"]);
    });

    test("files with spaces and umlauts, and compressed downloads, arrive unchanged", async () => {
      const address = at("/files/%C3%9Cber%20den%20Zaun.txt");
      const text = await ask(server, address);
      expect([text.status, text.headers["content-type"]?.toLowerCase()]).toEqual([
        200,
        "text/plain; charset=utf-8",
      ]);
      expect(gunzipSync((await ask(server, address, { accept: "gzip" })).body).equals(text.body)).toBe(true);
      const download = await ask(server, at("/files/photos.tar.gz"), { accept: "gzip, br" });
      expect([download.headers["content-type"], download.headers["content-encoding"]]).toEqual([
        "application/gzip",
        undefined,
      ]);
      expect(download.body.toString("utf8")).toBe("A download.");
    });

    test("an unchanged page isn't sent again, and range requests get only the requested bytes", async () => {
      for (const accept of ["identity", "gzip"]) {
        const page = await ask(server, at("/posts/fence/"), { accept });
        const again = (headers: Readonly<Record<string, string>>, method = "GET") =>
          ask(server, at("/posts/fence/"), { accept, headers, method });
        const same = await again({ "if-none-match": page.headers["etag"] ?? "" });
        expect([same.status, same.body.length, same.headers["cache-control"]]).toEqual([304, 0, "no-cache"]);
        const since = await again({ "if-modified-since": page.headers["last-modified"] ?? "" });
        expect(since.status).toBe(304);
        expect((await again({ "if-none-match": '"another"' })).status).toBe(200);
        const { status, body, headers } = await again({}, "HEAD");
        expect([status, body.length]).toEqual([200, 0]);
        expect(headers["content-security-policy"]).toBe(page.headers["content-security-policy"]);
      }
      const part = await ask(server, at("/icon-192.png"), { headers: { range: "bytes=1-3" } });
      expect([part.status, part.body.toString("latin1")]).toEqual([206, "PNG"]);
    });

    test("old URLs redirect with 301 and keep a query", async () => {
      const old = [
        ["/old/fence/", "/posts/fence/"],
        ["/old/fence", "/posts/fence/"],
        ["/2008/%C3%BCber%20den%20zaun.html", "/posts/fence/"],
        ["/contact.html", "/about/"],
        ["/feed/", "/rss.xml"],
        ["/feed/atom/", "/atom.xml"],
      ] as const;
      for (const [from, to] of old) {
        const { status, headers } = await ask(server, at(from));
        expect([from, status, pathOf(headers["location"])]).toEqual([from, 301, at(to)]);
      }
      expect(pathOf((await ask(server, at("/contact.html?a=%C3%BC&b=2"))).headers["location"])).toBe(
        at("/about/?a=%C3%BC&b=2"),
      );
      // A target with its own query keeps it.
      for (const address of ["/elsewhere/", "/elsewhere/?b=2"])
        expect((await ask(server, at(address))).headers["location"]).toBe("https://other.example/?a=1");
    });

    test("a removed post responds with 410 and its page", async () => {
      for (const address of ["/posts/gone/", "/posts/gone"]) {
        const { status, headers, body } = await ask(server, at(address));
        expect([address, status, headers["content-type"]?.toLowerCase()]).toEqual([
          address,
          410,
          "text/html; charset=utf-8",
        ]);
        expect(body.toString("utf8")).toContain("Taken down");
      }
    });

    test("a missing URL responds with 404 and the blog's page, and rule files aren't served", async () => {
      for (const address of [
        "/no/such/page/",
        "/nothing.xml",
        "/files/",
        "/_headers",
        "/_redirects",
        "/.htaccess",
      ]) {
        const { status, headers, body } = await ask(server, at(address));
        expect([address, status]).toEqual([address, 404]);
        expect(headers["content-type"]?.toLowerCase()).toBe("text/html; charset=utf-8");
        expect(headers["x-content-type-options"]).toBe("nosniff");
        expect(body.toString("utf8")).toContain("</html>");
      }
    });

    test("a page without the trailing slash redirects to the one with it", async () => {
      const { status, headers } = await ask(server, at("/posts/fence"));
      expect([301, 308]).toContain(status);
      expect(pathOf(headers["location"])).toBe(at("/posts/fence/"));
      if (base === "/") return;
      const { status: bare, headers: to } = await ask(server, base.slice(0, -1));
      expect([301, 308]).toContain(bare);
      expect(pathOf(to["location"])).toBe(base);
      expect((await ask(server, "/other/")).status).toBe(404);
    });

    test("precompressed copies are sent, with Vary", async () => {
      const plain = (await ask(server, at("/posts/fence/"))).body;
      const known = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync };
      const offered = {
        caddy: ["zstd", "br", "gzip"],
        nginx: ["br", "gzip"],
        apache: ["br", "gzip"],
      } as const;
      for (const encoding of offered[name])
        for (const address of ["/posts/fence/", "/rss.xml"]) {
          const { status, headers, body } = await ask(server, at(address), { accept: encoding });
          expect([address, status, headers["content-encoding"]]).toEqual([address, 200, encoding]);
          expect(headers["vary"]?.toLowerCase()).toContain("accept-encoding");
          expect(headers["content-type"]?.toLowerCase()).toBe(
            address === "/rss.xml" ? "text/xml; charset=utf-8" : "text/html; charset=utf-8",
          );
          if (address !== "/rss.xml") expect(known[encoding](body).equals(plain)).toBe(true);
        }
      for (const accept of ["identity", "gzip;q=0, br;q=0"])
        expect([
          accept,
          (await ask(server, at("/posts/fence/"), { accept })).headers["content-encoding"],
        ]).toEqual([accept, undefined]);
    });

    test("write methods are refused", async () => {
      for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
        for (const address of ["/posts/fence/", "/contact.html", "/nothing/", "/posts/gone/"]) {
          const { status, headers } = await ask(server, at(address), { method });
          expect([method, address, status]).toEqual([method, address, 405]);
          expect(headers["allow"]).toContain("GET, HEAD");
        }
    });
  });

  if (base === "/")
    test("Cloudflare's static file server applies the same rules", async () => {
      await backfence(folder, "host", "cloudflare");
      const { assets } = wranglerSchema.parse(
        JSON.parse(readFileSync(path.join(folder, "wrangler.json"), "utf8")),
      );
      const worker = new Miniflare({
        cf: false,
        modules: true,
        script: "export default { fetch: (request, env) => env.ASSETS.fetch(request) }",
        assets: {
          directory: path.resolve(folder, assets.directory),
          binding: "ASSETS",
          assetConfig: { html_handling: assets.html_handling, not_found_handling: assets.not_found_handling },
        },
      });
      onTestFinished(() => worker.dispose());
      const at = (address: string) =>
        worker.dispatchFetch(`https://servers.example${address}`, { redirect: "manual" });
      const page = await at("/posts/fence/");
      expect(page.status).toBe(200);
      expect(page.headers.get("content-security-policy")).toMatch(
        /^default-src 'self'.*frame-ancestors 'self'$/,
      );
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      expect(page.headers.get("x-note")).toBe('"quoted" & {braced}');
      expect(page.headers.get("link")).toContain('rel="license"');
      // The author's rule for all pages, in addition to Backfence's.
      expect(page.headers.get("x-frame-options")).toBe("DENY");
      expect((await at("/about/")).headers.get("x-frame-options")).toBe(null);
      const style = readdirSync(path.join(folder, "dist/_astro")).find((file) => file.endsWith(".css"));
      const forever = await at(`/_astro/${style}`);
      expect(forever.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect((await at("/rss.xml")).headers.get("cache-control")).toBe("public, max-age=600");
      expect((await at("/.well-known/host-meta")).headers.get("content-type")).toBe("application/xrd+xml");
      for (const [from, to] of [
        ["/old/fence/", "/posts/fence/"],
        ["/2008/%C3%BCber%20den%20zaun.html", "/posts/fence/"],
        ["/contact.html?b=2", "/about/?b=2"],
        ["/elsewhere/?b=2", "https://other.example/?a=1"],
        ["/blog/x", "/posts/x"],
      ] as const) {
        const { status, headers } = await at(from);
        expect([from, status, headers.get("location")]).toEqual([from, 301, to]);
      }
      const missing = await at("/no/such/page/");
      expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining("</html>")]);
      expect((await at("/posts/gone/")).status).toBe(200);
      for (const file of ["/_headers", "/_redirects"]) expect((await at(file)).status).toBe(404);
    });

  test("a second run compresses nothing again, and replaces none of the author's files", async () => {
    expect(await backfence(folder, "host", "--built")).toMatch(/Compressed copies: \d+, 0 of them new\./);
    const file = path.join(folder, "host/Caddyfile");
    writeFileSync(file, `${readFileSync(file, "utf8")}# mine\n`);
    expect(await backfence(folder, "host", "caddy")).toMatch(/^kept +host\/Caddyfile$/m);
    expect(readFileSync(file, "utf8")).toContain("# mine");
    expect(existsSync(path.join(folder, "host/generated/site.caddy"))).toBe(true);
  });
});

/** Returns a `Location` without the server's own origin. */
function pathOf(location: string | undefined): string {
  return (location ?? "").replace(/^http:\/\/127\.0\.0\.1(?::\d+)?/, "");
}
