import type { Direction } from "../content/model.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";
import type { SiteUrls } from "./urls.ts";

export interface ManifestIcon {
  /** Site path. */
  readonly path: string;
  /** Such as `192x192`, or `any` for vector graphics. */
  readonly sizes: string;
  /** Media type. */
  readonly type: string;
  readonly purpose?: "any" | "maskable";
}

export interface ManifestOptions {
  readonly settings: Settings;
  readonly urls: SiteUrls;
  readonly dir: Direction;
  readonly icons: readonly ManifestIcon[];
  /** CSS colors of the header and of the page in the light theme. */
  readonly themeColor: string;
  readonly backgroundColor: string;
}

/** `/manifest.webmanifest` (https://www.w3.org/TR/appmanifest/), which makes the blog installable on phones. */
export function manifestFile(options: ManifestOptions): FileSpec {
  const { settings, urls, dir, icons, themeColor, backgroundColor } = options;
  const manifest = {
    id: urls.base,
    name: settings.title,
    description: settings.description,
    lang: settings.lang,
    dir,
    start_url: urls.base,
    scope: urls.base,
    display: "minimal-ui",
    theme_color: themeColor,
    background_color: backgroundColor,
    icons: icons.map(({ path, ...icon }) => ({ src: urls.path(path), ...icon })),
  };
  return textFile("/manifest.webmanifest", `${JSON.stringify(manifest, null, 2)}\n`);
}
