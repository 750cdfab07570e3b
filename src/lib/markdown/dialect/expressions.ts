import { Parser } from "acorn";
import type { Node } from "acorn";
import jsx from "acorn-jsx";

const JsxParser = Parser.extend(jsx());

/** Why text in braces can't be intended as code. */
export type BraceProblem = "syntax" | "empty" | "value" | "name";

/**
 * Checks whether the text between braces is a JavaScript expression. If it was probably meant literally, returns the
 * problem and, for an undefined name, the name; null for an expression.
 * @param code the text between the braces.
 * @param bound names that the body itself imports or exports.
 */
export function problemOfBraces(
  code: string,
  bound: ReadonlySet<string>,
): { readonly problem: BraceProblem; readonly name: string | null } | null {
  if (code.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "").trim() === "") {
    return /\/[*/]/.test(code) ? null : { problem: "empty", name: null };
  }
  const expression = parsed(code);
  if (expression === null) return { problem: "syntax", name: null };
  if (isBareValue(expression)) return { problem: "value", name: null };
  const free = freeName(expression, bound);
  return free === null ? null : { problem: "name", name: free };
}

/** Names bound by `import` and `export` lines. */
export function boundNames(esm: string): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    const program = JsxParser.parse(esm, { ecmaVersion: "latest", sourceType: "module" });
    collectDeclared(program, names);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    for (const name of esm.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []) names.add(name);
  }
  return names;
}

function parsed(code: string): Node | null {
  try {
    const program = JsxParser.parse(`(${code}\n)`, { ecmaVersion: "latest", sourceType: "module" });
    const [statement] = program.body;
    if (program.body.length !== 1 || statement?.type !== "ExpressionStatement") return null;
    return statement.expression;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Numbers, booleans, objects and lists of values: they would be shown without the braces, or not at all. */
function isBareValue(node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return !("value" in node && typeof node.value === "string");
    case "Identifier":
      return "name" in node && (node.name === "undefined" || node.name === "NaN");
    case "UnaryExpression":
      return childNodes(node).every(isBareValue);
    case "SequenceExpression":
    case "ObjectExpression":
      return true;
    case "ArrayExpression":
      return childNodes(node).every((child) => child.type === "Literal" || isBareValue(child));
    default:
      return false;
  }
}

/** Names available in every module and compiled body. */
const KNOWN = new Set(
  (
    "Array BigInt Boolean Date Error Intl Infinity JSON Map Math NaN Number Object Promise RegExp Set String Symbol URL " +
    "URLSearchParams console decodeURIComponent encodeURIComponent globalThis isFinite isNaN parseFloat parseInt " +
    "structuredClone undefined props frontmatter components Fragment"
  ).split(" "),
);

function freeName(expression: Node, bound: ReadonlySet<string>): string | null {
  const declared = new Set<string>();
  collectDeclared(expression, declared);
  let free: string | null = null;
  const walk = (node: Node, key: string, parent: Node | null): void => {
    if (free !== null) return;
    if (node.type === "Identifier" && "name" in node && typeof node.name === "string") {
      if (
        isReference(key, parent) &&
        !bound.has(node.name) &&
        !declared.has(node.name) &&
        !KNOWN.has(node.name)
      )
        free = node.name;
      return;
    }
    for (const [childKey, child] of entriesOf(node)) walk(child, childKey, node);
  };
  walk(expression, "", null);
  return free;
}

function isReference(key: string, parent: Node | null): boolean {
  if (parent === null) return true;
  if (parent.type === "MetaProperty") return false;
  const isComputed = "computed" in parent && parent.computed === true;
  if (parent.type === "MemberExpression" && key === "property") return isComputed;
  if ((parent.type === "Property" || parent.type === "MethodDefinition") && key === "key") return isComputed;
  return true;
}

function collectDeclared(node: Node, names: Set<string>): void {
  const addPattern = (pattern: Node): void => {
    if (pattern.type === "Identifier" && "name" in pattern) names.add(String(pattern.name));
    else if (pattern.type === "Property") {
      for (const [key, child] of entriesOf(pattern)) if (key === "value") addPattern(child);
    } else if (pattern.type === "AssignmentPattern") {
      for (const [key, child] of entriesOf(pattern)) if (key === "left") addPattern(child);
    } else for (const child of childNodes(pattern)) addPattern(child);
  };
  for (const [key, child] of entriesOf(node)) {
    const binds =
      (node.type === "VariableDeclarator" && key === "id") ||
      (/Function/.test(node.type) && (key === "params" || key === "id")) ||
      (node.type === "ClassDeclaration" && key === "id") ||
      (node.type === "CatchClause" && key === "param") ||
      (/^Import\w*Specifier$/.test(node.type) && key === "local");
    if (binds) addPattern(child);
    collectDeclared(child, names);
  }
}

function childNodes(node: Node): Node[] {
  return entriesOf(node).map(([, child]) => child);
}

function entriesOf(node: Node): [string, Node][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child): [string, Node] => [key, child]),
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
