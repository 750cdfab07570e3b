import { existsSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";
import { componentFile, isComponentName } from "./components.ts";
import { existingFile, type ResolvedOptions } from "./options.ts";
import type { Project } from "./project.ts";
import type { Settings } from "../lib/site/settings.ts";
import { overridesPlugin } from "./vite/overrides.ts";
import { themePlugin } from "./vite/theme.ts";
import { userHeadPlugin } from "./vite/user-head.ts";

/**
 * The author's style sheets in load order: absolute paths, or module specifiers of packages.
 * @throws AuthorError when the option names a file that doesn't exist.
 */
export function userStyles(
  { customCss }: ResolvedOptions,
  { root, contentDir }: Project,
  { look }: Settings,
): string[] {
  const own = ["style.css", ...look.css].map((name) => path.join(contentDir, name));
  return [
    ...customCss.map((name) => (name.startsWith(".") ? existingFile(root, "customCss", name) : name)),
    ...new Set(own.filter((name) => existsSync(name))),
  ];
}

/**
 * Vite plug-ins that apply the user's components, style sheets and head elements.
 * @throws AuthorError when an option names a file that doesn't exist.
 */
export function userPlugins(options: ResolvedOptions, project: Project, settings: Settings): Plugin[] {
  const { root, contentDir, cacheDir } = project;
  const overrides = Object.entries(options.components).flatMap(([name, replacement]) =>
    isComponentName(name)
      ? [
          {
            original: componentFile(name),
            replacement: existingFile(root, `components.${name}`, replacement),
          },
        ]
      : [],
  );
  return [
    overridesPlugin(overrides),
    themePlugin({ settings, contentDir, cacheDir }),
    userHeadPlugin({
      customCss: userStyles(options, project, settings),
      head: [...options.head, ...settings.head],
    }),
  ];
}
