/** Old paths of the texts of static generators: by their defaults, or by the pattern in their settings. */
import path from "node:path";
import { dateInPath } from "../../content/file-date.ts";
import { slugOf } from "../../site/slug.ts";
import { groupOf, textOf, valueOf } from "./static-settings.ts";
import type { StaticSettings } from "./static-settings.ts";
import type { StaticGenerator } from "./static-site.ts";

export interface PlacedText {
  /** Path relative to the root of the source. */
  readonly file: string;
  readonly generator: StaticGenerator;
  readonly title: string;
  /** Slug in the front matter; empty if it has none. */
  readonly slug: string;
  /** `2024-03-05`, in the blog's time zone; null if unknown. */
  readonly day: string | null;
  readonly categories: readonly string[];
  readonly isPage: boolean;
  /** Address of the old blog. */
  readonly siteUrl: string | null;
  readonly settings: StaticSettings;
  /** Pattern in its front matter, or in a data file of its folder. */
  readonly pattern: string | null;
}

const LANGUAGE = /\.([a-z]{2}(?:-[A-Za-z]{2,4})?)(?=\.\w+$)/;

/** The language in a file name, as in Hugo and Zola: `gate.fr.md`. */
export function languageOf(file: string): string | null {
  return LANGUAGE.exec(file)?.[1] ?? null;
}

export function withoutLanguage(file: string): string {
  return file.replace(LANGUAGE, "");
}

/** Old addresses of a text as paths, the one by the settings first. */
export function oldAddresses(text: PlacedText): string[] {
  const base = (URL.parse(text.siteUrl ?? "")?.pathname ?? "/").replace(/\/$/, "");
  const paths = pathsOf(text).filter((one) => one !== "" && !/[:{}]/.test(one));
  return [
    ...new Set(paths.map((one) => `${base}/${one.replace(/^\/+/, "").replace(/\/index\.html$/, "/")}`)),
  ];
}

function pathsOf(text: PlacedText): string[] {
  switch (text.generator) {
    case "jekyll":
      return jekyll(text);
    case "hexo":
      return hexo(text);
    case "hugo":
      return hugo(text);
    case "pelican":
      return pelican(text);
    case "gatsby":
      return gatsby(text);
    case "astro":
      return astro(text);
    case "eleventy":
      return eleventy(text);
    case "markdown":
      return [];
  }
}

interface FileParts {
  /** Folder relative to the root of the generator's texts. */
  readonly folder: string;
  /** File name without extension; the folder's name for an `index`. */
  readonly name: string;
  readonly withoutDate: string;
}

function partsOf(file: string, root: RegExp): FileParts {
  const within = file.replace(root, "").replace(/\.\w+$/, "");
  const isIndex = path.posix.basename(within) === "index";
  const own = isIndex ? path.posix.dirname(within) : within;
  const folder = path.posix.dirname(own);
  const name = path.posix.basename(own);
  return {
    folder: folder === "." ? "" : folder,
    name: name === "." ? "" : name,
    withoutDate: name.replace(/^\d{2,4}-\d{1,2}-\d{1,2}-/, ""),
  };
}

type Tokens = Readonly<Record<string, string>>;

/** Replaces `:name` and `:{name}`; returns an empty string if a name is unknown. */
function filled(pattern: string, tokens: Tokens): string {
  let isKnown = true;
  const result = pattern.replace(/:\{?([a-z_]+(?:\[[^\]]*\])?)\}?/gi, (_whole, name: string) => {
    const value = tokens[name.toLowerCase()];
    if (value === undefined) isKnown = false;
    return value ?? "";
  });
  return isKnown ? result.replaceAll(/\/{2,}/g, "/") : "";
}

function dayTokens({ file, day: known }: PlacedText): Tokens | null {
  const [year = "", month = "", day = ""] = (known ?? dateInPath(file) ?? "").split("-");
  if (day === "") return null;
  const short = { i_month: String(Number(month)), i_day: String(Number(day)), short_year: year.slice(2) };
  return { year, month, day, ...short };
}

/** https://jekyllrb.com/docs/permalinks/ */
const JEKYLL_STYLES: Readonly<Record<string, string>> = {
  date: "/:categories/:year/:month/:day/:title.html",
  pretty: "/:categories/:year/:month/:day/:title/",
  ordinal: "/:categories/:year/:y_day/:title.html",
  weekdate: "/:categories/:year/W:week/:short_day/:title.html",
  none: "/:categories/:title.html",
};

function jekyll(text: PlacedText): string[] {
  const { settings, slug, isPage } = text;
  const { folder, withoutDate } = partsOf(text.file, /^(?:.*\/)?_(?:posts|drafts)\//);
  const collection = /^_(\w+)\//.exec(text.file)?.[1];
  if (isPage && collection !== undefined) {
    const own = textOf(groupOf(groupOf(settings, "collections"), collection), "permalink");
    const name = path.posix.basename(withoutDate);
    const inside = folder.replace(`_${collection}`, "").replace(/^\//, "");
    const full = [inside, withoutDate].filter((part) => part !== "").join("/");
    const tokens = { collection, name, title: name, slug: slugOf(name), path: full, output_ext: ".html" };
    return [filled(text.pattern ?? own ?? `/${collection}/${full}.html`, tokens)];
  }
  const posts = groupOf(groupOf(settings, "collections"), "posts");
  const style = text.pattern ?? textOf(posts, "permalink") ?? textOf(settings, "permalink") ?? "date";
  const day = dayTokens(text);
  if (isPage || day === null) {
    const page = [folder, withoutDate].filter((part) => part !== "").join("/");
    return page === ""
      ? []
      : /pretty|\/$/.test(style)
        ? [`${page}/`, `${page}.html`]
        : [`${page}.html`, `${page}/`];
  }
  const above = /^(.*)\/_(?:posts|drafts)\//.exec(text.file)?.[1] ?? "";
  const name = slug === "" ? withoutDate : slug;
  const categories = [above, ...text.categories]
    .filter((part) => part !== "")
    .map((part) => part.toLowerCase());
  const tokens = { ...day, title: name, slug: slugOf(name), output_ext: ".html" };
  const pattern = JEKYLL_STYLES[style] ?? style;
  const own = [filled(pattern, { ...tokens, categories: categories.join("/") })];
  // Servers also serve the file without its extension.
  const twins = own.map((one) =>
    one.endsWith(".html") ? one.replace(/\.html$/, "/") : `${one.replace(/\/$/, "")}.html`,
  );
  return [...own, ...twins];
}

/** https://hexo.io/docs/permalinks */
function hexo(text: PlacedText): string[] {
  const { settings, slug, title, isPage, categories } = text;
  const { folder, name, withoutDate } = partsOf(text.file, /^(?:.*?\/)?source\/(?:_(?:posts|drafts)\/)?/);
  const inFolder = (part: string): string => [folder, part].filter((one) => one !== "").join("/");
  if (isPage) return [`${inFolder(name)}/`, `${inFolder(name)}.html`];
  const hasDate = /:year/.test(textOf(settings, "new_post_name") ?? "");
  const own = slug || inFolder(hasDate ? withoutDate : name);
  const day = dayTokens(text);
  const tokens = {
    ...day,
    title: own,
    name: path.posix.basename(own),
    post_title: slugOf(title),
    category: categories.at(-1) ?? textOf(settings, "default_category") ?? "uncategorized",
  };
  const pattern = textOf(settings, "permalink") ?? ":year/:month/:day/:title/";
  return [
    filled(pattern, tokens),
    ...(slug === "" && hasDate ? [] : [filled(pattern, { ...tokens, title: inFolder(withoutDate) })]),
  ];
}

/** https://gohugo.io/content-management/urls/; Zola's defaults are the same. */
function hugo(text: PlacedText): string[] {
  const { settings, slug, title, isPage } = text;
  const { folder, name, withoutDate } = partsOf(withoutLanguage(text.file), /^(?:.*?\/)?content\//);
  const lang = languageOf(text.file);
  const sections = hugoPath(folder);
  const section = sections.split("/")[0] ?? "";
  const own = slug === "" ? hugoPath(name) : slug;
  const inFolder = (part: string): string => [sections, part].filter((one) => one !== "").join("/");
  const permalinks = groupOf(settings, "permalinks");
  const pages = groupOf(permalinks, "page");
  const pattern = textOf(pages, section) ?? textOf(permalinks, section);
  const isUgly = valueOf(settings, "uglyURLs") === true;
  const isZola = textOf(settings, "base_url") !== null;
  const names =
    isZola && slug === "" ? [inFolder(slugOf(withoutDate)), inFolder(slugOf(name))] : [inFolder(own)];
  const ending = isUgly ? ".html" : "/";
  const defaults = names.map((one) => `${one}${ending}`);
  if (lang !== null) return defaults.map((one) => `${lang.toLowerCase()}/${one}`);
  if (pattern === null || (isPage && pattern.includes(":year"))) return defaults;
  const byTitle = hugoPath(title);
  const tokens = {
    ...dayTokens(text),
    section,
    sections,
    title: byTitle,
    slug: slug === "" ? byTitle : slug,
    filename: own,
    contentbasename: hugoPath(name),
    slugorfilename: own,
    slugorcontentbasename: own,
    "sections[1:]": sections.split("/").slice(1).join("/"),
    "sections[last]": sections.split("/").at(-1) ?? "",
  };
  return [filled(pattern, tokens).replace(/\/?$/, ending), ...defaults];
}

/** Lower case, words joined by hyphens; characters allowed in URLs stay. */
function hugoPath(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/\s+/g, "-")
    .replaceAll(/[^\p{L}\p{N}\p{M}._#+~@/-]/gu, "");
}

/** https://docs.getpelican.com/en/latest/settings.html#url-settings */
function pelican(text: PlacedText): string[] {
  const { settings, slug, title, isPage } = text;
  const own = slug || slugOf(title);
  const { year = "", month = "", day = "" } = dayTokens(text) ?? {};
  const pattern =
    textOf(settings, isPage ? "PAGE_URL" : "ARTICLE_URL") ?? (isPage ? "pages/{slug}.html" : "{slug}.html");
  return [
    pattern
      .replaceAll("{slug}", own)
      .replace(/\{date:([^}]*)\}/g, (_whole, format: string) =>
        format.replaceAll("%Y", year).replaceAll("%m", month).replaceAll("%d", day),
      ),
  ];
}

/** The path relative to the folder with the texts, as in Gatsby's starter. */
function gatsby({ file, slug }: PlacedText): string[] {
  const { folder, name } = partsOf(file, /^(?:.*?\/)?content\/(?:blog|posts?)\//);
  return slug === "" ? [`${folder === "" ? "" : `${folder}/`}${name}/`] : [`${slug}/`, `blog/${slug}/`];
}

function astro({ file, slug }: PlacedText): string[] {
  const page = /^(?:.*?\/)?src\/pages\/(.+?)(?:\/index)?\.\w+$/.exec(file)?.[1];
  if (page !== undefined) return [`${page}/`];
  const { folder, name } = partsOf(file, /^(?:.*?\/)?src\/(?:content|data)\/[^/]+\//);
  const own =
    slug ||
    [folder, name]
      .filter((part) => part !== "")
      .map((part) => part.toLowerCase())
      .join("/");
  const collection = /src\/(?:content|data)\/([^/]+)\//.exec(file)?.[1] ?? "blog";
  return [...new Set(["blog", "posts", collection])].map((place) => `${place}/${own}/`);
}

/** https://www.11ty.dev/docs/permalinks/ */
function eleventy(text: PlacedText): string[] {
  const { file, title, pattern } = text;
  const { folder, name, withoutDate } = partsOf(file, /^(?:src|content|site|input|docs|src\/content)\//);
  const isTwice = path.posix.basename(folder) === name;
  const stem = [folder, ...(isTwice ? [] : [name])].filter((part) => part !== "").join("/");
  if (pattern === null) return [`${stem}/`];
  const { year = "", month = "", day = "" } = dayTokens(text) ?? {};
  const address = pattern
    .replaceAll(/\{\{-?\s*page\.fileSlug\s*-?\}\}/g, withoutDate)
    .replaceAll(/\{\{-?\s*page\.filePathStem\s*-?\}\}/g, `/${stem}`)
    .replaceAll(/\{\{-?\s*(?:page\.|data\.)?title\s*\|\s*slug(?:ify)?\s*-?\}\}/g, slugOf(title))
    .replaceAll(/\{\{-?\s*page\.date\s*\|[^{}]*\}\}/g, day === "" ? "{" : `${year}/${month}/${day}`);
  return [address, `${stem}/`];
}
