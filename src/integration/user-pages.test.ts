import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { findSearchableRoutes, findUserPages } from "./user-pages.ts";

test("a user's own pages get their path and the menu label that they declare", () => {
  const folder = tempFolder("pages");
  const files = {
    "now.astro": '---\nexport const menu = "Now";\nexport const search = true;\n---\n<p>x</p>',
    "deep/index.mdx": "---\ntitle: Deep\nmenu: Deep pages\n---\n\nText",
    "plain.md": "# Plain",
    "tags/[tag].astro": "<p>a route with parameters</p>",
    "_draft.astro": "<p>no page</p>",
    "api.ts": "export const GET = () => new Response();",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  expect(findUserPages(folder)).toEqual([
    { path: "/deep/", menu: "Deep pages", isSearchable: false },
    { path: "/now/", menu: "Now", isSearchable: true },
    { path: "/plain/", menu: null, isSearchable: false },
  ]);
  expect(findUserPages(path.join(folder, "none"))).toEqual([]);
});

test("pages of a route with parameters are searchable if the route opts in", () => {
  const folder = tempFolder("pages");
  const ask = "---\nexport const search = true;\n---\n";
  for (const [name, text] of [
    ["docs/[...slug].astro", ask],
    ["day/[year]/[day].astro", ask],
    ["tags/[tag].astro", "<p>not asked</p>"],
    ["now.astro", ask],
  ] as const) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const routes = findSearchableRoutes(folder);
  const isSearchable = (address: string) => routes.some((route) => route.test(address));
  expect(["/docs/publish/github/", "/docs/start/", "/day/2026/one/"].filter(isSearchable)).toHaveLength(3);
  expect(["/docs/", "/day/2026/", "/tags/a/", "/now/", "/posts/docs/start/"].filter(isSearchable)).toEqual(
    [],
  );
});
