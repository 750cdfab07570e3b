import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, type AnyNode } from "acorn";
import { CONFIG_FILES } from "./config-issues.ts";

/** Folders set in a project's Astro configuration; omitted or computed folders are missing. */
export interface ConfiguredFolders {
  readonly srcDir?: string;
  readonly publicDir?: string;
  /** The option `contentDir` of `backfence()`. */
  readonly contentDir?: string;
}

/**
 * Reads the folders from the source of `astro.config.*` without running it, so that commands work before packages are
 * installed and start fast. @param root the project's root, absolute.
 */
export function configuredFolders(root: string): ConfiguredFolders {
  const file = CONFIG_FILES.map((name) => path.join(root, name)).find((name) => existsSync(name));
  return file === undefined ? {} : foldersIn(readFileSync(file, "utf8"));
}

/** @param code JavaScript of a configuration; code with TypeScript syntax counts as empty. */
export function foldersIn(code: string): ConfiguredFolders {
  if (!/\b(?:srcDir|publicDir|contentDir)\b/.test(code)) return {};
  const nodes = parsed(code);
  const constants = new Map(
    nodes.flatMap((node): [string, AnyNode][] =>
      node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init
        ? [[node.id.name, node.init]]
        : [],
    ),
  );
  const valueOf = (node: AnyNode | undefined): AnyNode | undefined =>
    node?.type === "Identifier" ? constants.get(node.name) : node;
  const read = (object: AnyNode | undefined, name: keyof ConfiguredFolders): ConfiguredFolders => {
    if (object?.type !== "ObjectExpression") return {};
    const found = object.properties.find(
      (one) => one.type === "Property" && one.key.type === "Identifier" && one.key.name === name,
    );
    const value = found?.type === "Property" ? valueOf(found.value) : undefined;
    return value?.type === "Literal" && typeof value.value === "string" ? { [name]: value.value } : {};
  };
  const exported = valueOf(nodes.find((node) => node.type === "ExportDefaultDeclaration")?.declaration);
  const config = exported?.type === "CallExpression" ? valueOf(exported.arguments[0]) : exported;
  return {
    ...read(config, "srcDir"),
    ...read(config, "publicDir"),
    ...read(valueOf(optionsOfBackfence(nodes)), "contentDir"),
  };
}

/** The argument of the call of the default import from `backfence`. */
function optionsOfBackfence(nodes: readonly AnyNode[]): AnyNode | undefined {
  const [name] = nodes
    .filter((node) => node.type === "ImportDeclaration")
    .filter(({ source }) => source.value === "backfence")
    .flatMap(({ specifiers }) => specifiers)
    .filter(({ type }) => type === "ImportDefaultSpecifier")
    .map(({ local }) => local.name);
  const calls = nodes.filter((node) => node.type === "CallExpression");
  return calls.find(({ callee }) => callee.type === "Identifier" && callee.name === name)?.arguments[0];
}

/** All AST nodes of a module; empty if the code can't be parsed. */
function parsed(code: string): AnyNode[] {
  const nodes: AnyNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== "object" || value === null || !("type" in value)) return;
    if (isNode(value)) nodes.push(value);
    Object.values(value).forEach(visit);
  };
  try {
    visit(parse(code, { ecmaVersion: "latest", sourceType: "module" }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return nodes;
}

function isNode(value: object): value is AnyNode {
  return "type" in value && "start" in value;
}
