import { Parser } from "acorn";
import type { Program } from "acorn";
import jsx from "acorn-jsx";
import type { BodyImport } from "../content/model.ts";

const JsxParser = Parser.extend(jsx());

/**
 * Modules that the `import` and `export` lines of a body refer to. Empty if the lines can't be parsed; that is reported
 * when the body is compiled.
 * @param esm the lines.
 * @param firstLine 1-based line in the file of the first one.
 */
export function importsOf(esm: string, firstLine: number): readonly BodyImport[] {
  return statementsOf(esm).flatMap((statement): BodyImport[] => {
    if (!("source" in statement) || statement.source === null || statement.source === undefined) return [];
    const { value, loc } = statement.source;
    return [{ from: String(value), line: firstLine + (loc?.start.line ?? 1) - 1 }];
  });
}

/**
 * Names that Astro exports from a compiled MDX file.
 * https://docs.astro.build/en/guides/integrations-guide/mdx/#exported-properties
 */
const ASTRO_EXPORTS = new Set(["frontmatter", "getHeadings", "Content"]);

/** Names that a body exports although Astro already does, each with its 1-based line in the file. */
export function takenExports(
  esm: string,
  firstLine: number,
): readonly { readonly name: string; readonly line: number }[] {
  return statementsOf(esm).flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration") return [];
    const { declaration, specifiers, loc } = statement;
    const declared =
      declaration?.type === "VariableDeclaration"
        ? declaration.declarations.map(({ id }) => id)
        : declaration === null || declaration === undefined
          ? specifiers.map(({ exported }) => exported)
          : [declaration.id];
    return declared.flatMap((id) =>
      id.type === "Identifier" && ASTRO_EXPORTS.has(id.name)
        ? [{ name: id.name, line: firstLine + (loc?.start.line ?? 1) - 1 }]
        : [],
    );
  });
}

function statementsOf(esm: string): Program["body"] {
  try {
    return JsxParser.parse(esm, { ecmaVersion: "latest", sourceType: "module", locations: true }).body;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
