import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { defaultSettings } from "../lib/site/settings-schema.ts";
import { engineKeyOf, engineVersionOf } from "./engine-key.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const ENGINE = {
  "package.json": '{ "version": "1.0.0" }',
  "package-lock.json": '{ "lockfileVersion": 3 }',
  "tsconfig.json": "{}",
  "src/integration/build-site.ts": "export {};",
  "src/components/Head.astro": "<head></head>",
  "src/styles/site.css": "body { color: black }",
  "src/i18n/en.ts": "export {};",
  "src/i18n/en.test.ts": "export {};",
};

/** The version of an engine that differs from {@link ENGINE} in some files. */
function versionWith(files: Readonly<Record<string, string>>, node?: string): string {
  const root = mkdtempSync(path.join(tmpdir(), "backfence-engine-"));
  folders.push(root);
  for (const [file, text] of Object.entries({ ...ENGINE, ...files })) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return engineVersionOf(root, node);
}

test("the same engine keeps what was built", () => {
  expect(versionWith({})).toBe(versionWith({}));
  expect(versionWith({ "src/i18n/en.test.ts": "changed" })).toBe(versionWith({}));
  expect(versionWith({ "README.md": "changed" })).toBe(versionWith({}));
});

test.each([
  ["code", { "src/integration/build-site.ts": "export const changed = 1;" }],
  ["a template", { "src/components/Head.astro": "<head><title /></head>" }],
  ["a style sheet", { "src/styles/site.css": "body { color: navy }" }],
  ["a word", { "src/i18n/en.ts": "export const changed = 1;" }],
  ["a file added", { "src/components/Foot.astro": "" }],
  ["the engine's version", { "package.json": '{ "version": "1.0.1" }' }],
  ["a locked package", { "package-lock.json": '{ "lockfileVersion": 3, "packages": {} }' }],
  ["the compiler's settings", { "tsconfig.json": '{ "strict": true }' }],
])("no page of an older engine stays when it differs in %s", (_what, files) => {
  expect(versionWith(files)).not.toBe(versionWith({}));
});

test("no page of another Node stays", () => {
  expect(versionWith({}, "v99.0.0")).not.toBe(versionWith({}));
});

test("the bundle is another when the site's address or what pages may load is", () => {
  const settings = { ...defaultSettings(), url: "https://one.example/" };
  const key = engineKeyOf("v", settings);
  expect(engineKeyOf("v", { ...settings, title: "Another title" })).toBe(key);
  expect(engineKeyOf("v", { ...settings, url: "https://two.example/" })).not.toBe(key);
  expect(engineKeyOf("v", { ...settings, url: "https://one.example/blog/" })).not.toBe(key);
  const giscus = { repo: "a/b", repoId: "1", category: "c", categoryId: "2", host: "https://giscus.example" };
  expect(engineKeyOf("v", { ...settings, giscus })).not.toBe(key);
});
