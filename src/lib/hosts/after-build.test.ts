import { existsSync, globSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { prepareForHosts } from "./after-build.ts";
import { MANIFEST } from "./manifest.ts";
import { writeHostFiles } from "./write-host-files.ts";

const PAGE = `<!doctype html>${"<p>Over the fence.</p>".repeat(200)}`;

function project(hosts: readonly string[], files: Readonly<Record<string, string>>) {
  const root = tempFolder("hosts");
  const all = { [MANIFEST]: JSON.stringify({ hosts, written: {} }), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const options = {
    root,
    siteDir: path.join(root, "dist"),
    cacheDir: path.join(root, "cache"),
    url: "https://me.example/blog/",
  };
  return { root, options, list: () => globSync("**/*.*", { cwd: options.siteDir }).sort() };
}

test("without a host, nothing is written", async () => {
  const { options, list } = project([], { "dist/index.html": PAGE });
  expect(await prepareForHosts(options)).toMatchObject({ hosts: [], files: [], copies: 0 });
  expect(list()).toEqual(["index.html"]);
});

test("a compressed copy has the mtime of its file, so that unchanged pages aren't sent again", async () => {
  const { options } = project(["nginx"], { "dist/index.html": PAGE });
  const file = path.join(options.siteDir, "index.html");
  const built = new Date("2026-03-01T12:00:00Z");
  utimesSync(file, built, built);
  for (let time = 0; time < 2; time += 1) {
    await prepareForHosts(options);
    for (const copy of [".br", ".gz"]) expect(statSync(file + copy).mtime).toEqual(built);
  }
});

test("a zstd copy contains the length of its file, so that neither side reserves 8 MB of memory", async () => {
  const { options } = project(["caddy"], { "dist/index.html": PAGE });
  await prepareForHosts(options);
  // RFC 8878, 3.1.1.1.1: a single-segment frame needs only as much memory as its content.
  const descriptor = readFileSync(path.join(options.siteDir, "index.html.zst"))[4] ?? 0;
  expect(descriptor & 0b10_0000).not.toBe(0);
});

test("compressed copies decompress to the file, and are updated when it changes; small files have none", async () => {
  const { options, list, root } = project(["caddy"], {
    "dist/index.html": PAGE,
    "dist/small.txt": "short",
    "dist/_headers": "/*\n  X: 1\n".repeat(500),
    "dist/a.png": "x".repeat(5000),
  });
  expect(await prepareForHosts(options)).toMatchObject({ copies: 3, made: 3 });
  expect(list()).toEqual([
    "a.png",
    "index.html",
    "index.html.br",
    "index.html.gz",
    "index.html.zst",
    "small.txt",
  ]);
  const read = (name: string): Buffer => readFileSync(path.join(root, "dist", name));
  expect(brotliDecompressSync(read("index.html.br")).toString()).toBe(PAGE);
  expect(gunzipSync(read("index.html.gz")).toString()).toBe(PAGE);
  expect(zstdDecompressSync(read("index.html.zst")).toString()).toBe(PAGE);
  writeFileSync(path.join(root, "dist/index.html"), `${PAGE}changed`);
  expect(await prepareForHosts(options)).toMatchObject({ copies: 3, made: 3 });
  expect(brotliDecompressSync(read("index.html.br")).toString()).toBe(`${PAGE}changed`);
  writeFileSync(path.join(root, "dist/index.html"), PAGE);
  expect(await prepareForHosts(options)).toMatchObject({ copies: 3, made: 0 });
});

test("the setting `precompress` writes copies without a host", async () => {
  const { options, list } = project([], { "dist/index.html": PAGE });
  await prepareForHosts({ ...options, precompress: true });
  expect(list()).toEqual(["index.html", "index.html.br", "index.html.gz", "index.html.zst"]);
});

test("for Vercel, the site is below its base path, without files that aren't for readers", async () => {
  const { options, root } = project(["vercel", "caddy"], {
    "dist/index.html": PAGE,
    "dist/_headers": "/*\n  X: 1\n",
    "dist/posts/_headers/index.html": PAGE,
  });
  await prepareForHosts(options);
  await prepareForHosts(options);
  const files = globSync("**/*.*", { cwd: path.join(root, ".vercel/output") }).sort();
  expect(files.map((file) => file.replaceAll("\\", "/"))).toEqual([
    "config.json",
    "static/blog/index.html",
    "static/blog/posts/_headers/index.html",
  ]);
  expect(existsSync(path.join(root, "host/generated/site.caddy"))).toBe(true);
});

test("an upgrade replaces unchanged files, ignoring line endings, and keeps changed ones", () => {
  const { root } = project([], {});
  const write = (text: string, isForced = false) =>
    writeHostFiles({
      root,
      host: "caddy",
      files: new Map([["host/a", text]]),
      isForced,
      isDryRun: false,
    }).get("host/a");
  const file = path.join(root, "host/a");
  expect(write("one\ntwo\n")).toBe("new");
  writeFileSync(file, "one\r\ntwo\r\n");
  expect(write("one\ntwo\n")).toBe("unchanged");
  expect(write("one\ntwo\nthree\n")).toBe("updated");
  writeFileSync(file, "mine\n");
  expect(write("four\n")).toBe("kept");
  expect(readFileSync(file, "utf8")).toBe("mine\n");
  expect(write("four\n", true)).toBe("updated");
});

test("an invalid hosts.json is an error with its file", async () => {
  const { options, root } = project([], { "dist/index.html": PAGE });
  writeFileSync(path.join(root, MANIFEST), "{");
  await expect(prepareForHosts(options)).rejects.toThrow(/host\/hosts\.json\n {2}This isn't a list of hosts/);
});
