/** Reads the settings of static generators that describe the blog and the addresses of its texts. */
import { TomlDate } from "smol-toml";
import { parseDocument } from "yaml";
import { readJsData } from "../../yaml/js-data.ts";
import { readToml } from "../../yaml/toml.ts";
import { isTimeZone } from "../../site/values.ts";
import type { ArchiveBuilder } from "../archive-builder.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";

export type StaticSettings = Readonly<Record<string, unknown>>;

const FILES = [
  /(?:^|\/)_config\.ya?ml$/,
  /(?:^|\/)(?:hugo|zola)\.(?:toml|ya?ml|json)$/,
  /(?:^|\/)config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)$/,
  /(?:^|\/)config\.(?:toml|ya?ml|json)$/,
  /(?:^|\/)pelicanconf\.py$/,
  /(?:^|\/)astro\.config\.[cm]?[jt]s$/,
  // As in Eleventy's starters.
  /(?:^|\/)_data\/(?:site|metadata|meta)\.(?:json|[cm]?js)$/,
];

/** Reads the generator's settings, and sets the blog's title, description, address, time zone and language. */
export function readStaticSettings(source: SourceFiles, builder: ArchiveBuilder): StaticSettings {
  const file = FILES.flatMap((pattern) => source.files.filter((name) => pattern.test(name)).slice(0, 1))[0];
  if (file === undefined) return {};
  const text = readSourceText(source, file);
  const settings = settingsIn(text, file);
  if (settings === null) builder.doubt(file, "the settings can't be read, so old addresses are the defaults");
  const { site } = builder.archive;
  const all = settings ?? {};
  site.title ??= textOf(all, "title", "SITENAME");
  site.description ??= textOf(all, "description", "subtitle", "SITESUBTITLE");
  const url = textOf(all, "url", "baseURL", "base_url", "SITEURL", "site");
  site.url ??= url !== null && URL.canParse(url) ? withBase(url, textOf(all, "baseurl", "root")) : null;
  const zone = textOf(all, "timezone", "timeZone");
  if (zone !== null && isTimeZone(zone)) site.timeZone ??= zone;
  site.lang ??= textOf(all, "language", "languageCode", "default_language", "DEFAULT_LANG", "lang");
  return all;
}

/** Appends Jekyll's `baseurl` or Hexo's `root` to an address without a path. */
function withBase(url: string, base: string | null): string {
  const address = new URL(url);
  const isFolder = base !== null && /^\/?[\w.~/-]+$/.test(base) && base !== "/" && address.pathname === "/";
  return isFolder ? new URL(`${base.replace(/^\/?/, "/").replace(/\/?$/, "/")}`, address).href : url;
}

/** The first non-empty string among several names, ignoring case; null if there is none. */
export function textOf(settings: StaticSettings, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = valueOf(settings, name);
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return null;
}

export function valueOf(settings: StaticSettings, name: string): unknown {
  const key = Object.keys(settings).find((known) => known.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : settings[key];
}

/** A group of settings; empty if there is none with that name. */
export function groupOf(settings: StaticSettings, name: string): StaticSettings {
  const value = valueOf(settings, name);
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is StaticSettings {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
}

function settingsIn(text: string, file: string): StaticSettings | null {
  if (file.endsWith(".py")) return pythonConstants(text);
  if (!/\.[cm]?[jt]s$/.test(file)) return parsed(text, file);
  const data = readJsData(text)?.data;
  // In Astro's configuration, the settings are the argument of a call.
  const site = /\bsite\s*:\s*["'`](https?:[^"'`]+)["'`]/.exec(text)?.[1];
  return site === undefined ? (data ?? {}) : { ...data, site };
}

function parsed(text: string, file: string): StaticSettings | null {
  const data: unknown = file.endsWith(".toml") ? tomlData(text, file) : yamlData(text);
  return isRecord(data) ? data : null;
}

function tomlData(text: string, file: string): unknown {
  const { data, issues } = readToml(text, file);
  return issues.length > 0 ? null : data;
}

/** JSON is YAML. */
function yamlData(text: string): unknown {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  return document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
}

/** String constants with names in capitals. */
function pythonConstants(text: string): StaticSettings {
  const lines = text.matchAll(/^([A-Z][A-Z_]+)\s*=\s*u?(?:"([^"\n]*)"|'([^'\n]*)')/gm);
  return Object.fromEntries(
    [...lines].map(([, name = "", double, single]) => [name, double ?? single ?? ""]),
  );
}
