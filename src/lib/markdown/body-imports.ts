import { Parser } from "acorn";
import jsx from "acorn-jsx";
import type { BodyImport } from "../content/model.ts";

const JsxParser = Parser.extend(jsx());

/**
 * What the `import` and `export` lines of a body name. None for lines that can't be read, which are reported when the
 * body is compiled.
 * @param esm the lines. @param firstLine 1-based line in the file with which they begin.
 */
export function importsOf(esm: string, firstLine: number): readonly BodyImport[] {
  try {
    const { body } = JsxParser.parse(esm, { ecmaVersion: "latest", sourceType: "module", locations: true });
    return body.flatMap((statement): BodyImport[] => {
      if (!("source" in statement) || statement.source === null || statement.source === undefined) return [];
      const { value, loc } = statement.source;
      return [{ from: String(value), line: firstLine + (loc?.start.line ?? 1) - 1 }];
    });
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
