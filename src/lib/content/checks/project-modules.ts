/** Modules of a project other than its files: packages, aliases, frameworks for components. */
import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { readTextIfThere } from "../../site/read-text.ts";

/** A framework whose components Astro renders with an integration. */
export interface Framework {
  /** Name for `astro add`. */
  readonly name: string;
  readonly label: string;
}

export interface ProjectModules {
  /** Whether an import of a package or alias can be resolved. @param folder folder of the importing file, absolute. */
  readonly has: (from: string, folder: string) => boolean;
  /** The framework that a file needs and the project lacks; null if nothing is missing. */
  readonly missingFrameworkOf: (file: string) => Framework | null;
}

interface Settings {
  readonly name: string;
  readonly text: string;
}

const CONFIG_FILES = [
  ...["tsconfig.json", "jsconfig.json", "package.json"],
  ...["mjs", "js", "mts", "ts"].flatMap((end) => [`astro.config.${end}`, `vite.config.${end}`]),
];

const FRAMEWORKS: readonly (readonly [files: RegExp, Framework, packages: RegExp])[] = [
  [/\.vue$/, { name: "vue", label: "Vue" }, /@astrojs\/vue/],
  [/\.svelte$/, { name: "svelte", label: "Svelte" }, /@astrojs\/svelte/],
  [/\.[jt]sx$/, { name: "react", label: "React (or Preact or Solid)" }, /@astrojs\/(?:react|preact|solid-js)|@qwikdev\/astro/],
];

/** Reads the project's config files on first use. @param root the project's root, absolute. */
export function openProjectModules(root: string): ProjectModules {
  let texts: readonly Settings[] | null = null;
  const settings = (): readonly Settings[] =>
    (texts ??= CONFIG_FILES.map((name) => ({ name, text: readTextIfThere(path.join(root, name)) ?? "" })));
  const known = new Map<string, boolean>();
  return {
    has: (from, folder) => {
      const key = `${folder}\0${from}`;
      const found = known.get(key) ?? (isScheme(from) || isPackage(from, folder) || isAlias(from, settings()));
      known.set(key, found);
      return found;
    },
    missingFrameworkOf: (file) => {
      const [, framework, packages] = FRAMEWORKS.find(([files]) => files.test(file)) ?? [];
      if (framework === undefined || packages === undefined) return null;
      return settings().some(({ text }) => packages.test(text)) ? null : framework;
    },
  };
}

/** Whether an import isn't a file: `node:fs`, `astro:assets`, `virtual:…`. */
function isScheme(from: string): boolean {
  return isBuiltin(from) || /^[a-z][a-z\d+.-]*:/i.test(from);
}

function isPackage(from: string, folder: string): boolean {
  const name = from.split("/").slice(0, from.startsWith("@") ? 2 : 1).join("/");
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, "node_modules", name))) return true;
    if (readTextIfThere(path.join(at, "package.json"))?.includes(`"name": "${name}"`)) return true;
    if (path.dirname(at) === at) return false;
  }
}

/** Whether a config file mentions the beginning of the import. This is a guess; only Vite resolves aliases. */
function isAlias(from: string, settings: readonly Settings[]): boolean {
  const parts = from.split("/");
  const starts = parts.map((_, count) => parts.slice(0, count + 1).join("/"));
  const marks = starts.flatMap((start) => [`"${start}"`, `'${start}'`, `"${start}/`, `'${start}/`, `${start}:`]);
  return settings.some(
    // Dependencies in package.json aren't aliases; its `imports` begin with #.
    ({ name, text }) => (name !== "package.json" || from.startsWith("#")) && marks.some((mark) => text.includes(mark)),
  );
}
