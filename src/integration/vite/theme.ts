import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";
import { hashOf } from "../../lib/cache/file-cache.ts";
import type { Settings } from "../../lib/site/settings.ts";
import { densityCss } from "../../lib/themes/density-css.ts";
import { fontStyle } from "../../lib/themes/font-css.ts";
import { loadTheme } from "../../lib/themes/load-theme.ts";
import { paletteCss } from "../../lib/themes/theme-css.ts";

const ID = "virtual:backfence/theme";

export interface ThemePluginOptions {
  readonly settings: Settings;
  /** Content folder, absolute. */
  readonly contentDir: string;
  /** Folder for the style sheet with the theme's colors and for fonts, absolute. */
  readonly cacheDir: string;
}

/**
 * `virtual:backfence/theme`: imports the style sheets of the theme and exports its drawings.
 */
export function themePlugin({ settings, contentDir, cacheDir }: ThemePluginOptions): Plugin {
  return {
    name: "backfence:theme",
    resolveId: { filter: { id: /^virtual:backfence\/theme$/ }, handler: () => `\0${ID}` },
    load: {
      filter: { id: /^\0virtual:backfence\/theme$/ },
      handler: async () => {
        const { theme } = loadTheme(settings.theme, { contentDir, root: contentDir }, { file: "site.yaml" });
        const { look } = settings;
        const font = await fontStyle(look.font ?? theme.font, { contentDir, cacheDir });
        const own = path.join(theme.folder, "theme.css");
        const chosen = font.css + densityCss(look.density);
        const sheets = [
          writeSheet(paletteCss(settings.appearance.colors), cacheDir),
          ...(existsSync(own) ? [own] : []),
          ...(chosen === "" ? [] : [writeSheet(chosen, cacheDir)]),
        ];
        const { footer, empty } = theme.artwork;
        const artwork = { footer, empty, notFound: theme.artwork["not-found"] };
        return [
          ...sheets.map((file) => `import ${JSON.stringify(file)};`),
          font.preload === null
            ? "export const font = null;"
            : `export { default as font } from ${JSON.stringify(font.preload)};`,
          `export const artwork = ${JSON.stringify(artwork)};`,
        ].join("\n");
      },
    },
  };
}

/** Writes a style sheet unless it exists, and returns its path. */
function writeSheet(css: string, cacheDir: string): string {
  const folder = path.join(cacheDir, "theme");
  const file = path.join(folder, `${hashOf(css)}.css`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== css) writeFileSync(file, css);
  return file;
}
