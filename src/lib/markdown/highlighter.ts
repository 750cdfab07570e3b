import type { ElementContent } from "hast";
import { GRAMMARS, loadGrammars } from "./textmate-grammars.ts";

/** Highlights code with CSS classes. Call `load` first; `highlight` is synchronous. */
export interface Highlighter {
  /** Loads the grammars of languages; unknown names are skipped. */
  load(langs: Iterable<string>): Promise<void>;
  /** Returns the code with its tokens in elements; null to leave it plain, as for an unknown language. */
  highlight(code: string, lang: string): ElementContent[] | null;
  /** Whether a name is a known language; names for plain text are included. */
  isKnown(lang: string): boolean;
  /** All known names. */
  readonly names: readonly string[];
}

/** Names for code without a language. */
const PLAIN = new Set([
  "text",
  "txt",
  "plain",
  "plaintext",
  "none",
  "output",
  "raw",
  "ascii",
  "nohighlight",
  "mermaid",
  "math",
]);

/** Aliases of languages that GitHub and others use. */
const ALIASES: Readonly<Record<string, string>> = {
  viml: "vim",
  vimscript: "vim",
  asm: "x86asm",
  assembly: "x86asm",
  nasm: "x86asm",
  obj_c: "objectivec",
  terminal: "shell",
  "bash-session": "shell",
  "sh-session": "shell",
  shellsession: "shell",
  ndjson: "json",
  jsonl: "json",
  webmanifest: "json",
  geojson: "json",
  env: "properties",
  dotenv: "properties",
  gitconfig: "ini",
  editorconfig: "ini",
  systemd: "ini",
  postgres: "pgsql",
  mysql: "sql",
  sqlite: "sql",
  node: "javascript",
  python3: "python",
  py3: "python",
  ino: "arduino",
  cuda: "cpp",
  tf: "terraform",
  rss: "xml",
  jinja2: "twig",
  nunjucks: "twig",
  liquid: "twig",
  mdc: "markdown",
};

/** Maximum code length in UTF-16 units; longer code isn't highlighted, which could take seconds. */
const MAX_BLOCK_LENGTH = 200_000;

/**
 * Loads the highlighter: highlight.js for the languages it supports, because it takes a fifth of the time of TextMate
 * grammars, and those for the rest. Loading takes a tenth of a second, so don't load it for texts without code blocks.
 */
export async function createHighlighter(): Promise<Highlighter> {
  const { all, createLowlight } = await import("lowlight");
  const lowlight = createLowlight(all);
  const rest = new Map<string, (code: string) => ElementContent[]>();
  const has = (name: string): boolean => PLAIN.has(name) || lowlight.registered(name) || GRAMMARS.has(name);
  /** Also accepts GitHub's names with hyphens, `objective-c`, and media types, `text/html`. */
  const nameOf = (lang: string): string => {
    const lower = lang.toLowerCase();
    const spellings = [lower, lower.replaceAll(/[-_]/g, ""), lower.replace(/^.*\/(?:x-)?/, "")];
    return spellings.map((name) => ALIASES[name] ?? name).find(has) ?? lower;
  };
  return {
    names: [...lowlight.listLanguages(), ...Object.keys(ALIASES), ...PLAIN, ...GRAMMARS.keys()],
    isKnown: (lang) => has(nameOf(lang)),
    async load(langs) {
      const names = [...langs].map(nameOf).filter((name) => !lowlight.registered(name) && !rest.has(name));
      for (const [name, highlight] of await loadGrammars(names)) rest.set(name, highlight);
    },
    highlight(code, lang) {
      const name = nameOf(lang);
      if (PLAIN.has(name) || code.length > MAX_BLOCK_LENGTH) return null;
      if (!lowlight.registered(name)) return rest.get(name)?.(code) ?? null;
      const { children } = lowlight.highlight(name, code);
      return children.filter((child) => child.type === "element" || child.type === "text");
    },
  };
}
