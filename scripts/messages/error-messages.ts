/** Extracts the error messages for authors from the source code. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { escapeRegExp } from "../../src/lib/escape.ts";
import { GAP, parseSources, possibleTexts, visit, type SourceCode } from "./possible-texts.ts";

export interface FoundMessage {
  /** Source file, relative to the project's root. */
  readonly file: string;
  /** The message; "…" is a placeholder for variable parts. */
  readonly message: string;
  /** Hint printed with the message; empty for usage errors, whose message includes it. */
  readonly hint: string;
}

/** Error classes whose message is printed unchanged, with the index of the constructor argument that is the message. */
const SENTENCES: Readonly<Record<string, number>> = {
  UsageError: 0,
  LedgerError: 0,
  ZipError: 0,
  PullFault: 1,
  FetchError: 2,
};

/** Returns the messages in the project's source files. @param root the project's root. */
export function errorMessages(root: string): readonly FoundMessage[] {
  const names = globSync("{src,packages/*/src}/**/*.ts", { cwd: root })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => !/\.test\.ts$|\.d\.ts$|\/(?:fixture|samples)\.ts$/.test(name))
    .toSorted();
  const texts = new Map(names.map((name) => [name, readFileSync(path.join(root, name), "utf8")]));
  return messagesIn(parseSources(texts));
}

/** Returns the messages in parsed sources, each once per source file. */
export function messagesIn(code: SourceCode): readonly FoundMessage[] {
  const found = new Map<string, FoundMessage>();
  for (const source of code.files) {
    visit(source, (node) => {
      for (const { message, hint, at } of messagesAt(node, code)) {
        const { fileName: file } = at.getSourceFile();
        const key = `${file}\n${message}`;
        if (!found.has(key)) found.set(key, { file, message, hint });
      }
    });
  }
  return [...found.values()];
}

interface Sentence {
  readonly message: string;
  readonly hint: string;
  readonly at: ts.Node;
}

function messagesAt(node: ts.Node, code: SourceCode): readonly Sentence[] {
  if (ts.isObjectLiteralExpression(node)) {
    const [message, hint] = [valueOf(node, "message"), valueOf(node, "hint")];
    return message === null || hint === null ? [] : sentences(message, hint, code);
  }
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return [];
  const place = SENTENCES[node.expression.text];
  const sentence = place === undefined ? undefined : node.arguments?.[place];
  return sentence === undefined ? [] : sentences(sentence, null, code);
}

/**
 * Returns the possible texts of a message. Where the message is a parameter of a function, each call of the function is
 * followed, with the hint of the same call.
 */
function sentences(
  message: ts.Expression,
  hint: ts.Expression | null,
  code: SourceCode,
  depth = 0,
): readonly Sentence[] {
  const hints = hint === null ? [""] : possibleTexts(hint, code);
  const passed = depth > 3 ? null : callsThatPass(message, hint, code);
  if (passed !== null) return passed.flatMap((call) => sentences(call.message, call.hint, code, depth + 1));
  const texts = [...new Set(possibleTexts(message, code).map(plain))].filter((text) =>
    /\p{L}{3}/u.test(text),
  );
  return texts
    .filter((text) => !texts.some((other) => other !== text && covers(other, text)))
    .map((text) => ({ message: text, hint: hints[0] ?? "", at: message }));
}

interface PassedOn {
  readonly message: ts.Expression;
  readonly hint: ts.Expression | null;
}

function callsThatPass(
  message: ts.Expression,
  hint: ts.Expression | null,
  code: SourceCode,
): readonly PassedOn[] | null {
  const at = parameterAt(message);
  if (at === null) return null;
  const name = functionName(at.owner);
  const hintAt = hint === null ? null : parameterAt(hint);
  const calls = (name === null ? [] : (code.calls.get(name) ?? [])).flatMap((call) => {
    if (!canCall(call, at.owner)) return [];
    const given = call.arguments[at.place];
    if (given === undefined) return [];
    const own = hintAt?.owner === at.owner ? call.arguments[hintAt.place] : hint;
    return [{ message: given, hint: own ?? null }];
  });
  return calls.length === 0 ? null : calls;
}

/** Whether a call with the function's name can refer to it: methods as a property in the same file, others by name. */
function canCall({ expression }: ts.CallExpression, owner: ts.SignatureDeclaration): boolean {
  if (ts.isMethodDeclaration(owner))
    return ts.isPropertyAccessExpression(expression) && expression.getSourceFile() === owner.getSourceFile();
  return ts.isIdentifier(expression);
}

function parameterAt(
  expression: ts.Expression,
): { readonly owner: ts.SignatureDeclaration; readonly place: number } | null {
  if (!ts.isIdentifier(expression)) return null;
  for (let scope: ts.Node = expression.parent; !ts.isSourceFile(scope); scope = scope.parent) {
    if (!ts.isFunctionLike(scope)) continue;
    const place = scope.parameters.findIndex(
      ({ name }) => ts.isIdentifier(name) && name.text === expression.text,
    );
    return place < 0 ? null : { owner: scope, place };
  }
  return null;
}

function functionName(owner: ts.SignatureDeclaration): string | null {
  if (ts.isArrowFunction(owner) && ts.isVariableDeclaration(owner.parent))
    return ts.isIdentifier(owner.parent.name) ? owner.parent.name.text : null;
  return owner.name !== undefined && ts.isIdentifier(owner.name) ? owner.name.text : null;
}

function valueOf(literal: ts.ObjectLiteralExpression, key: string): ts.Expression | null {
  for (const property of literal.properties) {
    if (property.name === undefined || !ts.isIdentifier(property.name) || property.name.text !== key)
      continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return null;
}

/** Whether a message includes another one, such as "There is no …" and "There is no post". */
function covers(general: string, text: string): boolean {
  if ((general.match(/\p{L}/gu) ?? []).length < 8) return false;
  return new RegExp(`^${general.split(GAP).map(escapeRegExp).join(".*")}$`, "u").test(text);
}

/** Returns the first line, with successive placeholders merged into one. */
function plain(text: string): string {
  return text
    .replace(/\n[^]*/, "")
    .replaceAll(new RegExp(`${GAP}(?:[ ,]*${GAP})+`, "g"), GAP)
    .trim();
}
