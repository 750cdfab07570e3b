/**
 * Finds the possible values of a string expression by static analysis of literals, templates, conditionals, constants,
 * return values and parameters. "…" is a placeholder for parts that depend on the author's files.
 */
import ts from "typescript";

/** Placeholder for text that is only known at runtime. */
export const GAP = "…";

/** An expression with more alternatives than this becomes a placeholder. */
const MAX_TEXTS = 24;
const MAX_DEPTH = 6;

export interface SourceCode {
  readonly files: readonly ts.SourceFile[];
  /** Calls by name of the called function, across all files. */
  readonly calls: ReadonlyMap<string, readonly ts.CallExpression[]>;
  /** Top-level functions and constants by name, across all files. */
  readonly declared: ReadonlyMap<string, readonly ts.Node[]>;
}

/** Parses source files. @param files texts by file name. */
export function parseSources(files: ReadonlyMap<string, string>): SourceCode {
  const parsed = [...files].map(([name, text]) =>
    ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true),
  );
  const calls = new Map<string, ts.CallExpression[]>();
  const declared = new Map<string, ts.Node[]>();
  for (const file of parsed) {
    visit(file, (node) => {
      const name = ts.isCallExpression(node) ? calledName(node) : null;
      if (name !== null && ts.isCallExpression(node)) push(calls, name, node);
      const own = declaredName(node);
      if (own !== null) push(declared, own, node);
    });
  }
  return { files: parsed, calls, declared };
}

/** Calls `see` for a node and all its descendants. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** Returns the possible texts of an expression; `["…"]` when it can't be analyzed. */
export function possibleTexts(expression: ts.Expression, code: SourceCode, depth = 0): readonly string[] {
  if (depth > MAX_DEPTH) return [GAP];
  const inner = (one: ts.Expression) => possibleTexts(one, code, depth + 1);
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression))
    return [expression.text];
  if (ts.isTemplateExpression(expression)) {
    const spans = expression.templateSpans.flatMap((span) => [inner(span.expression), [span.literal.text]]);
    return combined([[expression.head.text], ...spans]);
  }
  if (ts.isConditionalExpression(expression))
    return few([...inner(expression.whenTrue), ...inner(expression.whenFalse)]);
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAwaitExpression(expression)
  )
    return inner(expression.expression);
  if (ts.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken;
    if (kind === ts.SyntaxKind.PlusToken) return combined([inner(expression.left), inner(expression.right)]);
    if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken)
      return few([...inner(expression.left), ...inner(expression.right).filter((text) => text !== "")]);
    return [GAP];
  }
  if (ts.isIdentifier(expression)) return textsOfName(expression, code, depth);
  if (ts.isCallExpression(expression)) return textsOfCall(expression, code, depth);
  return [GAP];
}

function textsOfName(name: ts.Identifier, code: SourceCode, depth: number): readonly string[] {
  for (let scope: ts.Node = name.parent; ; scope = scope.parent) {
    if (ts.isFunctionLike(scope)) {
      const at = scope.parameters.findIndex(
        (parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === name.text,
      );
      if (at >= 0) return textsOfParameter(scope, at, code, depth);
      if (scope.parameters.some((parameter) => bindsName(parameter.name, name.text))) return [GAP];
    }
    if (ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isCaseClause(scope)) {
      const value = constantIn(scope, name.text);
      if (value === "unknown") return [GAP];
      if (value !== null) return possibleTexts(value, code, depth + 1);
    }
    if (ts.isSourceFile(scope)) return importedConstant(name.text, code, depth);
  }
}

function importedConstant(name: string, code: SourceCode, depth: number): readonly string[] {
  const [only, ...others] = code.declared.get(name) ?? [];
  if (only === undefined || others.length > 0 || !ts.isVariableDeclaration(only)) return [GAP];
  return only.initializer === undefined ? [GAP] : possibleTexts(only.initializer, code, depth + 1);
}

function constantIn(
  scope: ts.Block | ts.SourceFile | ts.CaseClause,
  name: string,
): ts.Expression | "unknown" | null {
  for (const statement of scope.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: bound, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(bound) && bound.text === name) return initializer ?? "unknown";
      if (bindsName(bound, name)) return "unknown";
    }
  }
  return null;
}

function bindsName(bound: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(bound)) return bound.text === name;
  return bound.elements.some((element) => ts.isBindingElement(element) && bindsName(element.name, name));
}

/** Returns the possible texts that callers pass for a parameter. */
function textsOfParameter(
  scope: ts.SignatureDeclaration,
  at: number,
  code: SourceCode,
  depth: number,
): readonly string[] {
  const name = nameOfFunction(scope);
  if (name === null) return [GAP];
  const file = scope.getSourceFile();
  const all = code.calls.get(name) ?? [];
  const calls = isExported(scope) ? all : all.filter((call) => call.getSourceFile() === file);
  const texts = calls.flatMap((call) => {
    const given = call.arguments[at];
    return given === undefined ? [] : possibleTexts(given, code, depth + 1);
  });
  return texts.length === 0 ? [GAP] : few(texts);
}

/** Returns the possible texts that a function of the project returns. */
function textsOfCall(call: ts.CallExpression, code: SourceCode, depth: number): readonly string[] {
  const name = ts.isIdentifier(call.expression) ? call.expression.text : null;
  const found = name === null ? [] : (code.declared.get(name) ?? []);
  const here = found.filter((one) => one.getSourceFile() === call.getSourceFile());
  const [target, ...others] = here.length > 0 ? here : found;
  if (target === undefined || others.length > 0) return [GAP];
  const body = functionBody(target);
  if (body === null) return [GAP];
  if (!ts.isBlock(body)) return possibleTexts(body, code, depth + 1);
  const returned: ts.Expression[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) returned.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, collect);
  };
  ts.forEachChild(body, collect);
  const texts = returned.flatMap((one) => possibleTexts(one, code, depth + 1));
  return texts.length === 0 ? [GAP] : few(texts);
}

function functionBody(node: ts.Node): ts.ConciseBody | null {
  if (ts.isFunctionDeclaration(node)) return node.body ?? null;
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return null;
  return ts.isArrowFunction(node.initializer) ? node.initializer.body : null;
}

function nameOfFunction(scope: ts.SignatureDeclaration): string | null {
  if (ts.isArrowFunction(scope) && ts.isVariableDeclaration(scope.parent))
    return ts.isIdentifier(scope.parent.name) ? scope.parent.name.text : null;
  const { name } = scope;
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : null;
}

function isExported(node: ts.Node): boolean {
  if (ts.isMethodDeclaration(node)) return false;
  return ts.canHaveModifiers(node)
    ? (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    : false;
}

function calledName({ expression }: ts.CallExpression): string | null {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : null;
}

function declaredName(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node)) return node.name?.text ?? null;
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : null;
}

function combined(parts: readonly (readonly string[])[]): readonly string[] {
  return few(
    parts.reduce<readonly string[]>(
      (texts, part) => texts.flatMap((text) => few(part).map((next) => text + next)),
      [""],
    ),
  );
}

function few(texts: readonly string[]): readonly string[] {
  const different = [...new Set(texts)];
  return different.length > MAX_TEXTS ? [GAP] : different;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
