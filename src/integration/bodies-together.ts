import type { Plugin, Rolldown } from "vite";

/** What Vite takes for a style sheet. */
const STYLES = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/;

/**
 * Vite plugin that puts posts with imports of their own into one file of the bundle. In a file each, 250 posts cost
 * 0.4 s more: to write, to hash, and to read again when their bodies are rendered. Each post is still run when it is
 * asked for, and not before, so that a mistake is told of its own post. What brings styles stays in files of its own,
 * since Vite makes a style sheet of each.
 */
export function bodiesTogether(): Plugin {
  const plain = new Set<string>();
  return {
    name: "backfence:bodies-together",
    configEnvironment(name) {
      if (name !== "prerender") return null;
      const group: Rolldown.CodeSplittingGroup = {
        name: (id, bundle) => (isPlain(id, bundle, plain) ? "bodies" : null),
        test: /\.mdx$/,
      };
      const output: Rolldown.OutputOptions = {
        strictExecutionOrder: true,
        codeSplitting: { groups: [group] },
      };
      return { build: { rolldownOptions: { output } } };
    },
  };
}

/**
 * Whether a module imports no styles, nor does what it imports.
 * @param plain modules that are known not to; grows.
 */
function isPlain(id: string, bundle: Rolldown.ChunkingContext, plain: Set<string>): boolean {
  const found = new Set([id]);
  for (const one of found) {
    if (STYLES.test(one)) return false;
    for (const imported of bundle.getModuleInfo(one)?.importedIds ?? [])
      if (!plain.has(imported)) found.add(imported);
  }
  for (const one of found) plain.add(one);
  return true;
}
