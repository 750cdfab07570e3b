/** Front matter shared by several texts of a project: Jekyll's defaults, Hugo's cascade, Eleventy's data files. */
import path from "node:path";
import { parseDocument } from "yaml";
import { isRecord } from "../../content/front-matter/convert.ts";
import { translateHead } from "../../content/front-matter/read-head.ts";
import { divide } from "../../yaml/front-matter.ts";
import { readJsData } from "../../yaml/js-data.ts";
import { readFrontMatter } from "../../yaml/read-front-matter.ts";
import type { SourceFiles } from "../source-files.ts";
import { readSourceText } from "../source-files.ts";
import type { StaticSettings } from "./static-settings.ts";
import type { StaticGenerator } from "./static-site.ts";

type Data = Readonly<Record<string, unknown>>;

/** Returns the default keys of a text; those of inner folders win. */
export type DefaultsFor = (file: string) => Data;

export function readDefaults(
  source: SourceFiles,
  generator: StaticGenerator,
  settings: StaticSettings,
): DefaultsFor {
  const all =
    generator === "jekyll"
      ? jekyllDefaults(settings)
      : generator === "hugo"
        ? cascades(source)
        : generator === "eleventy"
          ? dataFiles(source)
          : [];
  return (file) =>
    Object.assign({}, ...all.filter(({ isFor }) => isFor(file)).map(({ values }) => values)) as Data;
}

interface Defaults {
  readonly isFor: (file: string) => boolean;
  readonly values: Data;
}

/** https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
function jekyllDefaults(settings: StaticSettings): Defaults[] {
  const defaults: unknown = settings["defaults"];
  return (Array.isArray(defaults) ? defaults : []).flatMap((one: unknown): Defaults[] => {
    if (!isRecord(one) || !isRecord(one["values"])) return [];
    const scope = isRecord(one["scope"]) ? one["scope"] : {};
    const folder = String(scope["path"] ?? "").replace(/^\/|\/$/g, "");
    const type = String(scope["type"] ?? "");
    const isFor = (file: string): boolean =>
      (folder === "" || `${file}/`.startsWith(`${folder}/`)) &&
      (type === "" || (type === "pages" ? !/(?:^|\/)_/.test(file) : `/${file}`.includes(`/_${type}/`)));
    return [{ isFor, values: one["values"] }];
  });
}

/** https://gohugo.io/configuration/cascade/: set in a section's `_index` file for everything below it. */
function cascades(source: SourceFiles): Defaults[] {
  return source.files
    .filter((file) => /(?:^|\/)_index\.\w+$/.test(file))
    .sort((a, b) => a.length - b.length)
    .flatMap((file) => {
      const { data } = readFrontMatter(divide(readSourceText(source, file)), file);
      const cascade: unknown = isRecord(data) ? data["cascade"] : undefined;
      const folder = path.posix.dirname(file);
      return (Array.isArray(cascade) ? cascade : [cascade])
        .filter(isRecord)
        .filter((values) => values["target"] === undefined && values["_target"] === undefined)
        .map((values) => ({ isFor: (text: string) => text.startsWith(`${folder}/`), values }));
    });
}

/** https://www.11ty.dev/docs/data-template-dir/: files named after their folder, those of outer folders first. */
function dataFiles(source: SourceFiles): Defaults[] {
  return source.files
    .filter((file) => {
      const [, folder = "", name = ""] =
        /^(?:(.*)\/)?([^/]+?)(?:\.11tydata)?\.(?:[cm]?js|json)$/.exec(file) ?? [];
      return name !== "" && path.posix.basename(folder) === name;
    })
    .sort((a, b) => a.length - b.length)
    .map((file) => {
      const folder = path.posix.dirname(file);
      const text = readSourceText(source, file);
      const values = file.endsWith(".json") ? jsonData(text) : (readJsData(text)?.data ?? {});
      return { isFor: (one: string) => one.startsWith(`${folder}/`), values };
    });
}

/** JSON is YAML. */
function jsonData(text: string): Data {
  const document = parseDocument(text, { logLevel: "silent" });
  const data: unknown = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
  return isRecord(data) ? data : {};
}

/** The default keys that are used. */
interface Preset {
  readonly authors?: readonly string[];
  readonly tags?: readonly string[];
  readonly draft?: boolean;
  readonly lang?: string;
}

export function presetOf(values: Data, file: string): Preset {
  const source = { file, data: values, issues: [], lineOf: () => 1, writtenAt: () => null };
  const { data } = translateHead(source, "post").source;
  if (!isRecord(data)) return {};
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
  const { lang } = data;
  return {
    ...("authors" in data && { authors: texts(data["authors"]) }),
    ...("tags" in data && { tags: texts(data["tags"]) }),
    ...(data["draft"] === true && { draft: true }),
    ...(typeof lang === "string" && { lang }),
  };
}
