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
 * Vite plug-ins that put the user's components, style sheets and elements of the head in their places.
 * @throws AuthorError when an option names a file that isn't there.
 */
export function userPlugins(
  options: ResolvedOptions,
  { root, contentDir, cacheDir }: Project,
  settings: Settings,
): Plugin[] {
  const file = (option: string, name: string): string => existingFile(root, option, name);
  const overrides = Object.entries(options.components).flatMap(([name, replacement]) =>
    isComponentName(name)
      ? [{ original: componentFile(name), replacement: file(`components.${name}`, replacement) }]
      : [],
  );
  const ownStyles = ["style.css", ...settings.look.css].map((name) => path.join(contentDir, name));
  const customCss = [
    ...options.customCss.map((name) => (name.startsWith(".") ? file("customCss", name) : name)),
    ...new Set(ownStyles.filter((name) => existsSync(name))),
  ];
  return [
    overridesPlugin(overrides),
    themePlugin({ settings, contentDir, cacheDir }),
    userHeadPlugin({ customCss, head: [...options.head, ...settings.head] }),
  ];
}
