import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { namedOrigins, styleSheetTexts } from "./named-origins.ts";
import { optionsSchema, type BackfenceOptions } from "./options.ts";

function originsOf(head: BackfenceOptions["head"], styleSheets: readonly string[] = []) {
  const found = namedOrigins(optionsSchema.parse({ head }).head, styleSheets);
  return Object.fromEntries([...found].map(([directive, origins]) => [directive, [...origins]]));
}

describe("the policy allows exactly the origins named in", () => {
  test.each([
    [{ tag: "script", attrs: { src: "https://a.example/x.js" } }, { "script-src": ["https://a.example"] }],
    [
      { tag: "script", attrs: { src: "//a.example:8443/x.js" } },
      { "script-src": ["https://a.example:8443"] },
    ],
    [{ tag: "script", attrs: { src: "/own.js" } }, {}],
    [
      { tag: "link", attrs: { rel: "stylesheet", href: "https://a.example/x.css" } },
      { "style-src": ["https://a.example"] },
    ],
    [
      { tag: "link", attrs: { rel: "shortcut icon", href: "https://a.example/i.png" } },
      { "img-src": ["https://a.example"] },
    ],
    [
      { tag: "link", attrs: { rel: "preload", as: "font", href: "https://a.example/f.woff2" } },
      { "font-src": ["https://a.example"] },
    ],
    [{ tag: "link", attrs: { rel: "me", href: "https://a.example/@ada" } }, {}],
    [{ tag: "link", attrs: { rel: "preconnect", href: "https://a.example" } }, {}],
    [{ tag: "meta", attrs: { content: "https://a.example/" } }, {}],
    [
      { tag: "style", content: "p { background: url(https://a.example/p.png) }" },
      { "img-src": ["https://a.example"] },
    ],
  ] as const)("%j", (tag, expected) => {
    expect(originsOf([tag])).toEqual(expected);
  });

  test.each([
    ['@import url("https://a.example/x.css") screen;', { "style-src": ["https://a.example"] }],
    ["@import 'https://a.example/x.css';", { "style-src": ["https://a.example"] }],
    [
      "@font-face { font-family: F; src: url(https://a.example/f.woff2) format('woff2'), url(f.woff) }",
      { "font-src": ["https://a.example"] },
    ],
    ["p { background: url( 'https://a.example/p.png' ) }", { "img-src": ["https://a.example"] }],
    [
      "p { mask: url(https://a.example/1.svg), url(https://b.example/2.svg) }",
      { "img-src": ["https://a.example", "https://b.example"] },
    ],
    ["/* url(https://a.example/p.png) */ p { background: url(./p.png) }", {}],
    ["@namespace svg url(http://www.w3.org/2000/svg); p { color: red }", {}],
    [`p { background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E") }`, {}],
  ] as const)("%s", (css, expected) => {
    expect(originsOf([], [css])).toEqual(expected);
  });
});

describe("style sheets", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "backfence-css-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("imported style sheets are read too, each once", () => {
    mkdirSync(path.join(folder, "parts"));
    writeFileSync(path.join(folder, "my.css"), '@import "./parts/a.css";\n@import "missing.css";');
    writeFileSync(path.join(folder, "parts/a.css"), '@import "../my.css"; /* a */');
    const texts = styleSheetTexts([
      path.join(folder, "my.css"),
      "@fontsource/lora",
      path.join(folder, "no.css"),
    ]);
    expect(texts.map((text) => text.includes("/* a */"))).toEqual([false, true]);
  });
});
