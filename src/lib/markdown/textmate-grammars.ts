import type { ElementContent } from "hast";
import type { HighlighterCore, LanguageInput, ThemeRegistrationRaw } from "shiki/core";
import { h } from "./hast.ts";

type Load = Extract<LanguageInput, () => unknown>;

/** Languages that highlight.js doesn't support, each loaded on first use. */
export const GRAMMARS: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["apex", () => import("@shikijs/langs/apex")],
  ["astro", () => import("@shikijs/langs/astro")],
  ["bicep", () => import("@shikijs/langs/bicep")],
  ["blade", () => import("@shikijs/langs/blade")],
  ["cue", () => import("@shikijs/langs/cue")],
  ["dax", () => import("@shikijs/langs/dax")],
  ["fish", () => import("@shikijs/langs/fish")],
  ["gdscript", () => import("@shikijs/langs/gdscript")],
  ["gleam", () => import("@shikijs/langs/gleam")],
  ["hcl", () => import("@shikijs/langs/hcl")],
  ["imba", () => import("@shikijs/langs/imba")],
  ["jsonnet", () => import("@shikijs/langs/jsonnet")],
  ["kql", () => import("@shikijs/langs/kql")],
  ["kusto", () => import("@shikijs/langs/kusto")],
  ["marko", () => import("@shikijs/langs/marko")],
  ["mdx", () => import("@shikijs/langs/mdx")],
  ["mojo", () => import("@shikijs/langs/mojo")],
  ["move", () => import("@shikijs/langs/move")],
  ["nushell", () => import("@shikijs/langs/nushell")],
  ["nu", () => import("@shikijs/langs/nushell")],
  ["prisma", () => import("@shikijs/langs/prisma")],
  ["pug", () => import("@shikijs/langs/pug")],
  ["raku", () => import("@shikijs/langs/raku")],
  ["regex", () => import("@shikijs/langs/regex")],
  ["regexp", () => import("@shikijs/langs/regexp")],
  ["rel", () => import("@shikijs/langs/rel")],
  ["solidity", () => import("@shikijs/langs/solidity")],
  ["sol", () => import("@shikijs/langs/solidity")],
  ["sparql", () => import("@shikijs/langs/sparql")],
  ["svelte", () => import("@shikijs/langs/svelte")],
  ["terraform", () => import("@shikijs/langs/terraform")],
  ["turtle", () => import("@shikijs/langs/turtle")],
  ["typst", () => import("@shikijs/langs/typst")],
  ["v", () => import("@shikijs/langs/v")],
  ["vue", () => import("@shikijs/langs/vue")],
  ["vyper", () => import("@shikijs/langs/vyper")],
  ["wgsl", () => import("@shikijs/langs/wgsl")],
  ["wit", () => import("@shikijs/langs/wit")],
  ["zig", () => import("@shikijs/langs/zig")],
]);

/**
 * TextMate scopes with the highlight.js class for the same kind of token. The theme's colors only encode the index in
 * this list, from which the class is looked up, because pages have no inline styles.
 */
const CLASSES: readonly (readonly [name: string | null, scopes: readonly string[]])[] = [
  ["comment", ["comment", "punctuation.definition.comment"]],
  ["keyword", ["keyword", "storage", "constant.language", "variable.language", "entity.name.tag"]],
  ["string", ["string", "markup.inline.raw", "markup.fenced_code"]],
  ["number", ["constant.numeric", "constant.character", "constant.other", "support.constant"]],
  [
    "title",
    [
      "entity.name",
      "support.function",
      "entity.other.attribute-name",
      "support.type",
      "support.class",
      "markup.heading",
    ],
  ],
  [null, ["keyword.operator", "punctuation", "meta.embedded"]],
  ["strong", ["markup.bold"]],
  ["emphasis", ["markup.italic"]],
];

const theme: ThemeRegistrationRaw = {
  name: "backfence",
  type: "light",
  fg: "#000000",
  bg: "#ffffff",
  settings: CLASSES.map(([, scope], index) => ({
    scope: [...scope],
    settings: { foreground: colorOf(index) },
  })),
};

function colorOf(index: number): string {
  return `#0000${(index + 1).toString(16).padStart(2, "0")}`;
}

const CLASS_OF = new Map(CLASSES.map(([name], index) => [colorOf(index), name] as const));

let starting: Promise<HighlighterCore> | null = null;

async function start(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createOnigurumaEngine }] = await Promise.all([
    import("shiki/core"),
    import("shiki/engine/oniguruma"),
  ]);
  return createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createOnigurumaEngine(import("shiki/wasm")),
  });
}

/** Loads functions that highlight code in the given languages; other names are skipped. */
export async function loadGrammars(
  names: readonly string[],
): Promise<ReadonlyMap<string, (code: string) => ElementContent[]>> {
  const known = names.flatMap((name) => {
    const grammar = GRAMMARS.get(name);
    return grammar === undefined ? [] : [{ name, grammar }];
  });
  if (known.length === 0) return new Map();
  starting ??= start();
  const core = await starting;
  await core.loadLanguage(...known.map(({ grammar }) => grammar));
  return new Map(known.map(({ name }) => [name, (code: string) => tokenElements(core, code, name)]));
}

/** Maximum line length in UTF-16 units; longer lines aren't highlighted. */
const MAX_LINE_LENGTH = 5000;

function tokenElements(core: HighlighterCore, code: string, lang: string): ElementContent[] {
  const { tokens } = core.codeToTokens(code, {
    lang,
    theme: "backfence",
    tokenizeMaxLineLength: MAX_LINE_LENGTH,
    tokenizeTimeLimit: 500,
  });
  return tokens.flatMap((line, index): ElementContent[] => {
    const pieces: ElementContent[] = index === 0 ? [] : [{ type: "text", value: "\n" }];
    for (const { content, color } of line) {
      const name = content.trim() === "" ? null : (CLASS_OF.get((color ?? "").toLowerCase()) ?? null);
      const text: ElementContent = { type: "text", value: content };
      pieces.push(name === null ? text : h("span", { className: [`hljs-${name}`] }, text));
    }
    return pieces;
  });
}
