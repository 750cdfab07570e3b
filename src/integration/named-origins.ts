/** Origins that the author's head elements and style sheets load from, for the Content Security Policy. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { HeadTag } from "../lib/site/head-tag.ts";

/** Directives that an element or a style sheet can need. */
export type SourceDirective = "script-src" | "style-src" | "font-src" | "img-src" | "manifest-src";

/** Origins by the directive that has to allow them. */
export type NamedOrigins = ReadonlyMap<SourceDirective, ReadonlySet<string>>;

const LINKS: Readonly<Record<string, SourceDirective>> = {
  stylesheet: "style-src",
  icon: "img-src",
  "apple-touch-icon": "img-src",
  manifest: "manifest-src",
  modulepreload: "script-src",
};

const PRELOADS: Readonly<Record<string, SourceDirective>> = {
  script: "script-src",
  style: "style-src",
  font: "font-src",
  image: "img-src",
};

/**
 * Origins named in elements and style sheets. A style sheet on another server may load from more; these aren't allowed.
 * @param styleSheets their contents.
 */
export function namedOrigins(head: readonly HeadTag[], styleSheets: readonly string[]): NamedOrigins {
  const found = new Map<SourceDirective, Set<string>>();
  const add = (directive: SourceDirective | undefined, address: unknown): void => {
    if (directive === undefined || typeof address !== "string" || !/^(?:https?:)?\/\//i.test(address)) return;
    const { origin } = new URL(address, "https://any.example");
    found.set(directive, (found.get(directive) ?? new Set()).add(origin));
  };
  for (const { tag, attrs } of head) {
    if (tag === "script") add("script-src", attrs["src"]);
    if (tag === "link") add(directiveOf(attrs), attrs["href"]);
  }
  const styles = head.flatMap(({ tag, content }) => (tag === "style" ? [content] : []));
  for (const css of [...styleSheets, ...styles])
    for (const [directive, address] of addressesIn(css)) add(directive, address);
  return found;
}

function directiveOf({ rel = "", as = "" }: HeadTag["attrs"]): SourceDirective | undefined {
  const names = String(rel).toLowerCase().split(/\s+/);
  if (names.includes("preload")) return PRELOADS[String(as).toLowerCase()];
  return names.map((name) => LINKS[name]).find((directive) => directive !== undefined);
}

const IMPORT = /@import\s+(?:url\(\s*)?["']?([^"')\s;]+)[^;]*;?/gi;
const FONT_FACE = /@font-face\s*\{[^}]*\}/gi;
const URL_IN_CSS = /url\(\s*["']?([^"')\s]+)/gi;

/** URLs in a style sheet, each with the directive that has to allow it. */
function addressesIn(css: string): [SourceDirective, string][] {
  // A namespace looks like a URL, but nothing is loaded from it.
  const plain = css.replaceAll(/\/\*[^]*?\*\/|@namespace[^;]*;/gi, "");
  const urls = (text: string): string[] => [...text.matchAll(URL_IN_CSS)].map(([, address = ""]) => address);
  const fonts = plain.match(FONT_FACE) ?? [];
  const rest = plain.replaceAll(FONT_FACE, "").replaceAll(IMPORT, "");
  return [
    ...importsIn(plain).map((address): [SourceDirective, string] => ["style-src", address]),
    ...fonts.flatMap(urls).map((address): [SourceDirective, string] => ["font-src", address]),
    ...urls(rest).map((address): [SourceDirective, string] => ["img-src", address]),
  ];
}

function importsIn(css: string): string[] {
  return [...css.matchAll(IMPORT)].map(([, address = ""]) => address);
}

/** Contents of style sheets and of their relative imports. @param files absolute; paths into packages are skipped. */
export function styleSheetTexts(files: readonly string[]): string[] {
  const texts = new Map<string, string>();
  const read = (file: string): void => {
    if (texts.has(file) || !path.isAbsolute(file) || !existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    texts.set(file, text);
    for (const address of importsIn(text))
      if (address.startsWith(".")) read(path.resolve(path.dirname(file), address));
  };
  files.forEach(read);
  return [...texts.values()];
}
