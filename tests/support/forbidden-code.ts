import { stripTypeScriptTypes } from "node:module";
import { parse, type AnyNode } from "acorn";

/** Functions of the runtime: assigning to one, or to one of its properties, changes it globally. */
const RUNTIME_FUNCTIONS = new Set(
  Object.getOwnPropertyNames(globalThis).filter(
    (name) => typeof Reflect.get(globalThis, name) === "function",
  ),
);

/**
 * Finds uses of private or global APIs: modules of Astro that it doesn't export, global state, modified functions of
 * the runtime.
 *
 * @param code TypeScript or JavaScript module
 * @returns the uses, in the order of the code
 */
export function forbiddenCode(code: string): string[] {
  const found: string[] = [];
  const tree = parse(stripTypeScriptTypes(code), {
    ecmaVersion: "latest",
    sourceType: "module",
    allowHashBang: true,
  });
  visit(tree, (node, parent) => {
    if (node.type === "Literal" && typeof node.value === "string" && isInternal(node.value))
      found.push(node.value);
    if (node.type === "TemplateElement" && isInternal(node.value.raw)) found.push(node.value.raw);
    if (node.type === "Identifier" && isGlobalObject(node.name) && !isPropertyName(node, parent))
      found.push(node.name);
    if (node.type === "MemberExpression" && textOf(node) === "Symbol.for") found.push("Symbol.for");
    if (node.type === "AssignmentExpression") {
      const changed = textOf(node.left);
      if (RUNTIME_FUNCTIONS.has(changed.split(".")[0] ?? "")) found.push(`${changed} =`);
    }
  });
  return found;
}

/** Returns which of the given property and method names occur in object literals, such as hooks of Vite plugins. */
export function propertiesIn(code: string, names: readonly string[]): string[] {
  const found: string[] = [];
  const tree = parse(stripTypeScriptTypes(code), {
    ecmaVersion: "latest",
    sourceType: "module",
    allowHashBang: true,
  });
  visit(tree, (node) => {
    if (node.type === "Property" && node.key.type === "Identifier" && names.includes(node.key.name))
      found.push(node.key.name);
  });
  return found;
}

function isInternal(text: string): boolean {
  return /(?:^|\/)(?:astro|vite|@astrojs\/[\w-]+)\/dist\//.test(`${text}/`);
}

function isGlobalObject(name: string): boolean {
  return name === "globalThis" || name === "global";
}

function isPropertyName(node: AnyNode, parent: AnyNode | null): boolean {
  return (
    (parent?.type === "MemberExpression" && parent.property === node && !parent.computed) ||
    (parent?.type === "Property" && parent.key === node && !parent.shorthand)
  );
}

/** Returns the text of a chain of plain properties, such as `a.b.c`. */
function textOf(node: AnyNode): string {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed) return "";
  return `${textOf(node.object)}.${textOf(node.property)}`;
}

function visit(
  node: AnyNode,
  look: (node: AnyNode, parent: AnyNode | null) => void,
  parent: AnyNode | null = null,
): void {
  look(node, parent);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, look, node);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
