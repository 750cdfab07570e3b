/** Reads data written as JavaScript without running it: Eleventy's front matter and data files. */
import { parse } from "acorn";
import type { AnyNode, Expression, Program } from "acorn";

interface JsData {
  readonly data: Readonly<Record<string, unknown>>;
  /** Keys with computed values, which can't be read. */
  readonly computed: readonly string[];
  /** 1-based line of each key. */
  readonly lines: ReadonlyMap<string, number>;
}

/**
 * Reads an object literal, constants (`const title = "A";`), or the object that a module exports. Null for code that
 * can't be parsed or has none of these.
 */
export function readJsData(code: string): JsData | null {
  const source = programOf(`(${code}\n)`) ?? programOf(code);
  const data: Record<string, unknown> = {};
  const computed: string[] = [];
  const lines = new Map<string, number>();
  const take = (key: string, at: AnyNode, node: AnyNode): void => {
    const value = valueOf(node);
    if (value === undefined) computed.push(key);
    else data[key] = value;
    lines.set(key, at.loc?.start.line ?? 1);
  };
  for (const statement of source?.body ?? []) {
    if (statement.type === "VariableDeclaration") {
      for (const { id, init } of statement.declarations)
        if (id.type === "Identifier" && init) take(id.name, id, init);
      continue;
    }
    const object = objectOf(statement);
    if (object?.type !== "ObjectExpression") continue;
    for (const property of object.properties) {
      const key = property.type === "Property" ? keyOf(property.key, property.computed) : null;
      if (property.type === "Property" && key !== null) take(key, property.key, property.value);
    }
  }
  return lines.size === 0 ? null : { data, computed, lines };
}

function programOf(code: string): Program | null {
  try {
    return parse(code, { ecmaVersion: "latest", sourceType: "module", locations: true });
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The object in `export default {…}`, `module.exports = {…}` or a bare literal. */
function objectOf(statement: Program["body"][number]): AnyNode | null {
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  if (statement.type !== "ExpressionStatement") return null;
  const { expression } = statement;
  return expression.type === "AssignmentExpression" ? expression.right : expression;
}

function keyOf(key: AnyNode, isComputed: boolean): string | null {
  if (isComputed) return null;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : null;
}

/** The value of a literal; undefined for anything that would have to be run. */
function valueOf(node: AnyNode): unknown {
  switch (node.type) {
    case "Literal":
      return node.value instanceof RegExp || typeof node.value === "bigint" ? undefined : node.value;
    case "TemplateLiteral":
      return node.expressions.length > 0 ? undefined : (node.quasis[0]?.value.cooked ?? undefined);
    case "UnaryExpression":
      return node.operator === "-" && typeof valueOf(node.argument) === "number"
        ? -Number(valueOf(node.argument))
        : undefined;
    case "ArrayExpression": {
      const values = node.elements.map((one) => (one === null ? undefined : valueOf(one)));
      return values.includes(undefined) ? undefined : values;
    }
    case "ObjectExpression": {
      const entries = node.properties.map((property): [string, unknown] => {
        const key = property.type === "Property" ? keyOf(property.key, property.computed) : null;
        return [
          key ?? "",
          property.type === "Property" && key !== null ? valueOf(property.value) : undefined,
        ];
      });
      return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
    }
    case "NewExpression":
      return dateOf(node.callee, node.arguments);
    default:
      return undefined;
  }
}

/** The date string in `new Date("2024-03-05")`; undefined for any other constructor call. */
function dateOf(callee: Expression, [first, ...others]: readonly AnyNode[]): unknown {
  const isDate = callee.type === "Identifier" && callee.name === "Date" && others.length === 0;
  const value = isDate && first !== undefined ? valueOf(first) : undefined;
  return typeof value === "string" ? value : undefined;
}
