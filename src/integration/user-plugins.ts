import { existsSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";
import { componentFile, isComponentName } from "./components.ts";
import { existingFile, type ResolvedOptions } from "./options.ts";
import type { Project } from "./project.ts";
import { overridesPlugin } from "./vite/overrides.ts";
import { userHeadPlugin } from "./vite/user-head.ts";

/**
 * Vite plug-ins that put the user's components, style sheets and elements of the head in their places.
 * @throws AuthorError when an option names a file that isn't there.
 */
export function userPlugins(options: ResolvedOptions, { root, contentDir }: Project): Plugin[] {
  const file = (option: string, name: string): string => existingFile(root, option, name);
  const overrides = Object.entries(options.components).flatMap(([name, replacement]) =>
    isComponentName(name)
      ? [{ original: componentFile(name), replacement: file(`components.${name}`, replacement) }]
      : [],
  );
  const ownStyle = path.join(contentDir, "style.css");
  const customCss = [
    ...options.customCss.map((name) => (name.startsWith(".") ? file("customCss", name) : name)),
    ...(existsSync(ownStyle) ? [ownStyle] : []),
  ];
  return [overridesPlugin(overrides), userHeadPlugin({ customCss, head: options.head })];
}
