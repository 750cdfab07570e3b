/** Reads the look of a blog from its folder, for the receiver's pages. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { translationsFor } from "../../i18n/translations-for.ts";
import { hashOf } from "../../lib/cache/file-cache.ts";
import { contentType } from "../../lib/site/content-type.ts";
import type { FileSpec } from "../../lib/site/outputs.ts";
import type { Settings } from "../../lib/site/settings.ts";
import { siteUrls } from "../../lib/site/urls.ts";
import { densityCss } from "../../lib/themes/density-css.ts";
import { fontStyle, LITERATA } from "../../lib/themes/font-css.ts";
import { loadTheme } from "../../lib/themes/load-theme.ts";
import type { LogoFile } from "../../lib/themes/own-files.ts";
import { paletteCss } from "../../lib/themes/theme-css.ts";
import { LOOK_FILE, lookFile } from "../pages/look-file.ts";
import { CONTROLS, type LogoPicture, type Look, type LookFile, type LookHeader } from "../pages/layout.ts";

export interface BlogLookOptions {
  readonly settings: Settings;
  /** The content folder, absolute. */
  readonly contentDir: string;
  /** Cache folder for subset fonts, absolute. */
  readonly cacheDir: string;
  /** URL of the blog; the one in `site.yaml` is ignored. */
  readonly site: string;
}

const STYLES = fileURLToPath(new URL("../../styles/", import.meta.url));

/**
 * The style sheets of the blog's pages, in the same order as in a build, and the header.
 * @throws when a font can't be read or written to the cache.
 */
export async function blogLook(options: BlogLookOptions): Promise<Look> {
  const { fontName, before, after, ...look } = partsOf(options);
  const font = await fontStyle(fontName, options);
  const fontFile = /^(.+)\?url$/.exec(font.preload ?? "")?.[1];
  const css = [...before, font.css, ...after].join("\n");
  return {
    ...look,
    css: css.replaceAll(/url\("\.\/([\w.-]+\.woff2)"\)/g, 'url("/look/$1")'),
    files: new Map([
      ...(fontFile === undefined ? [] : [[path.basename(fontFile), fileOf(fontFile)] as const]),
      ...look.files,
    ]),
  };
}

/**
 * The look as a published file of the blog, for receivers without access to the blog's folder. Empty for a blog whose
 * `site.yaml` has neither `webmention.comments` nor `micropub`.
 */
export function lookFiles(options: BlogLookOptions): FileSpec[] {
  const { webmention, micropub } = options.settings;
  if ((webmention?.comments ?? micropub) === null) return [];
  const { files, ...parts } = partsOf(options);
  const ownFont = path.join(options.contentDir, parts.fontName);
  const key = hashOf(
    "look of the receiver",
    // Names of pictures contain a hash of their content.
    JSON.stringify([parts, [...files.keys()]]),
    readFileSync(existsSync(ownFont) ? ownFont : LITERATA),
  );
  return [{ path: `/${LOOK_FILE}`, key, make: async () => lookFile(await blogLook(options)) }];
}

/** Everything but the font, which is slow to load. `before` and `after` are the style sheets around the font's. */
function partsOf({ settings, contentDir, site }: BlogLookOptions) {
  const { theme } = loadTheme(settings.theme, { contentDir, root: contentDir }, { file: "site.yaml" });
  const { look, appearance } = settings;
  const files = new Map<string, LookFile>();
  return {
    fontName: look.font ?? theme.font,
    before: [
      paletteCss(appearance.colors),
      siteCss(),
      `@layer components {\n${CONTROLS}}`,
      textIfThere(path.join(theme.folder, "theme.css")),
    ],
    after: [
      densityCss(look.density),
      ...[...new Set(["style.css", ...look.css])].map((file) => textIfThere(path.join(contentDir, file))),
    ],
    files,
    words: { lang: settings.lang, words: settings.words },
    header: headerOf(settings, site, (file) => addPicture(file, contentDir, files)),
  };
}

/** `site.css` with its imports inlined, each in its layer. */
function siteCss(): string {
  return readFileSync(path.join(STYLES, "site.css"), "utf8").replaceAll(
    /@import "(.+?)"(?: layer\((\w+)\))?;/g,
    (_, file: string, layer: string | undefined) => {
      const text = readFileSync(path.join(STYLES, file), "utf8");
      return layer === undefined ? text : `@layer ${layer} {\n${text}\n}`;
    },
  );
}

function headerOf(settings: Settings, site: string, pictureOf: (file: LogoFile) => LogoPicture): LookHeader {
  const { title, lang, menu, navigation, appearance, words } = settings;
  const urls = siteUrls({ ...settings, url: site });
  const { shell } = translationsFor({ lang, words });
  const own = (menu.length > 0 ? menu : navigation).flatMap(({ label, url }) =>
    url === null || url === "/search/" ? [] : [{ label, url }],
  );
  const usual = [
    { label: shell.posts, url: urls.postsPath() },
    { label: shell.subscribe, url: urls.subscribePath() },
  ];
  const { logo, mark, isMarkInHeader } = appearance;
  return {
    title,
    lang,
    href: urls.absolute("/"),
    mark: isMarkInHeader ? mark : null,
    logo:
      logo === null
        ? null
        : {
            light: pictureOf(logo.light),
            dark: logo.dark === null ? null : pictureOf(logo.dark),
            alt: logo.alt,
          },
    links: (own.length > 0 ? own : usual).map(({ label, url }) => ({
      label,
      href: url.startsWith("/") ? urls.absolute(url) : url,
    })),
  };
}

function addPicture(
  { file, path: sitePath, width, height }: LogoFile,
  contentDir: string,
  files: Map<string, LookFile>,
): LogoPicture {
  const name = path.posix.basename(sitePath);
  files.set(name, fileOf(path.join(contentDir, file)));
  return { name, width, height };
}

function fileOf(file: string): LookFile {
  return { bytes: new Uint8Array(readFileSync(file)), type: contentType(file) };
}

function textIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
