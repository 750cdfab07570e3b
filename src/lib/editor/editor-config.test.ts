import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import * as z from "zod";
import { makeSettings } from "../../../tests/fixtures/small-blog.ts";
import type { EditorSettings } from "../site/settings.ts";
import { readSettings } from "../site/load-settings.ts";
import { editorBackend, editorOrigins, missingOfEditor } from "./editor-backend.ts";
import { editorConfig } from "./editor-config.ts";
import { editorPolicy } from "./editor-files.ts";

const FILES = [
  "content/posts/one/index.md",
  "content/posts/two.mdx",
  "content/posts/2024/three.md",
  "content/notes/four.md",
  "content/pages/about.mdx",
];

/** Parses the setting `editor`. */
function editorOf(yaml: string): EditorSettings {
  const { settings, issues } = readSettings(
    `editor:\n${yaml.replaceAll(/^/gm, "  ")}\n`,
    "content/site.yaml",
  );
  expect(issues).toEqual([]);
  if (settings.editor === null) throw new Error("No editor");
  return settings.editor;
}

const GITHUB = "repo: me/blog";
const HOSTS = [
  GITHUB,
  "repo: me/blog\nbranch: main\nfolder: apps/blog\nsignIn: https://sign-in.me.example/",
  "host: gitlab\nrepo: group/sub/blog\nappId: abc",
  "host: gitlab\nrepo: me/blog\nserver: https://git.me.example/",
  "host: gitea\nrepo: me/blog\nserver: https://codeberg.org",
  "host: test\naddress: /write/",
];

const collectionsSchema = z.object({
  collections: z.array(
    z.object({
      ...{ name: z.string(), folder: z.string() },
      fields: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

function configFor(yaml: string) {
  const settings = makeSettings({ editor: editorOf(yaml) });
  return editorConfig({ settings, contentName: "content", files: FILES });
}

test.each(HOSTS)("Sveltia accepts the configuration for %j", (yaml) => {
  const folder = path.resolve(createRequire(import.meta.url).resolve("@sveltia/cms"), "../..");
  const schema: unknown = JSON.parse(readFileSync(path.join(folder, "schema/sveltia-cms.json"), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(schema));
  validate(configFor(yaml));
  expect(validate.errors ?? []).toEqual([]);
});

test("forms have a field for every key of front matter except `extra`", () => {
  const { collections } = collectionsSchema.parse(configFor(GITHUB));
  const keys = (name: string) =>
    collections.find((one) => one.name === name)?.fields.map((field) => field["name"]);
  expect(keys("posts")?.slice(0, 5)).toEqual(["title", "description", "body", "date", "draft"]);
  expect(keys("posts")).toEqual(
    expect.arrayContaining(["cover", "inReplyTo", "series", "syndication", "rsvp"]),
  );
  expect(keys("posts")).not.toContain("extra");
  expect(keys("authors")).toEqual(["name", "short", "bio", "guest", "photo", "links", "accounts"]);
});

test("no field has a default, which the editor would write into existing posts", () => {
  const { collections } = collectionsSchema.parse(configFor(GITHUB));
  for (const { fields } of collections)
    for (const field of fields) expect(field, String(field["name"])).not.toHaveProperty("default");
});

test("each other file layout has its own collection, in the blog's folder of the repository", () => {
  const { collections } = collectionsSchema.parse(configFor(HOSTS[1] ?? ""));
  expect(collections.map(({ name }) => name)).toEqual([
    ...["posts", "posts-file-mdx", "notes", "pages", "pages-file-mdx", "authors", "series"],
  ]);
  expect(new Set(collections.map(({ folder }) => folder.split("/").slice(0, 3).join("/")))).toEqual(
    new Set(["apps/blog/content"]),
  );
});

test("signing in uses an access token unless OAuth is configured", () => {
  expect(editorBackend(editorOf(GITHUB))).toEqual({
    name: "github",
    repo: "me/blog",
    auth_methods: ["token"],
  });
  expect(editorBackend(editorOf(HOSTS[1] ?? ""))).not.toHaveProperty("auth_methods");
  expect(editorBackend(editorOf(HOSTS[2] ?? ""))).toMatchObject({ auth_type: "pkce", app_id: "abc" });
});

test("the page can connect only to the author's host", () => {
  expect(editorOrigins(editorOf(GITHUB))).toEqual(["https://api.github.com"]);
  expect(editorOrigins(editorOf(HOSTS[4] ?? ""))).toEqual(["https://codeberg.org"]);
  expect(editorPolicy(editorOf("host: test"))).toContain("connect-src 'self' data: blob:;");
});

test("an editor without a repository is an error, except for `host: test`", () => {
  expect(missingOfEditor(editorOf("host: github"))).toBe("repo");
  expect(missingOfEditor(editorOf("host: test"))).toBeNull();
});
