import * as z from "zod";
import type { BodyContext } from "./body-context.ts";
import { lineOf, report } from "./body-context.ts";
import { didYouMean } from "../did-you-mean.ts";
import { escapeRegExp } from "../escape.ts";
import { problemOf } from "./link.ts";
import { isDate } from "./format.ts";
import type { MdxJsx } from "./mdx-nodes.ts";

/** Non-empty text. */
export const text = z.string().trim().min(1, "must not be empty");

/** An absolute or root-relative address. */
export const address = text.refine((url) => problemOf(url) === null && !url.startsWith("#"), {
  message: 'must be a whole address ("https://…") or one from the site\'s root ("/posts/…/")',
});

/** A year, month, day or timestamp. */
export const date = text.refine(isDate, {
  message: 'must be a date such as "2011", "2011-07" or "2011-07-04"',
});

/** A boolean prop: without a value, or `{true}`. */
export const flag = z.boolean();

/** Props of a component, and an example for authors. */
export interface PropsContract<Props> {
  readonly name: string;
  readonly props: z.ZodType<Props> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  /** A correct use, shown with every error. */
  readonly example: string;
}

/** Validates the props of a component; null if there were errors, which are then reported. */
export function checkProps<Props>(
  node: MdxJsx,
  contract: PropsContract<Props>,
  context: BodyContext,
): Props | null {
  const values = literalValues(node, contract, context);
  if (values === null) return null;
  const checked = contract.props.safeParse(values);
  if (checked.success) return checked.data;
  for (const issue of checked.error.issues) reportProp(issue, node, contract, context);
  return null;
}

function literalValues(
  node: MdxJsx,
  { name, example }: PropsContract<unknown>,
  context: BodyContext,
): Record<string, unknown> | null {
  const values: Record<string, unknown> = {};
  let isLiteral = true;
  for (const attribute of node.attributes) {
    if (attribute.type !== "mdxJsxAttribute") {
      isLiteral = false;
      report(context, node, `<${name}> doesn't accept {...props}`, `Write each prop out:\n${example}`);
      continue;
    }
    const { value } = attribute;
    if (value === null || value === undefined) values[attribute.name] = true;
    else if (typeof value === "string") values[attribute.name] = value;
    else {
      const literal = literalOf(value.value);
      if (literal === undefined) {
        isLiteral = false;
        report(
          context,
          propLine(node, attribute.name, context),
          `The prop ${attribute.name} of <${name}> is computed`,
          `Write the value itself, texts in quotes, numbers and true or false in braces:\n${example}`,
        );
      } else values[attribute.name] = literal;
    }
  }
  return isLiteral ? values : null;
}

/** The value of an expression that is a string, number or boolean literal; undefined for all others. */
export function literalOf(expression: string): string | number | boolean | undefined {
  const trimmed = expression.trim();
  const quoted = /^(['`])((?:(?!\1)[^\\$\n])*)\1$/.exec(trimmed);
  if (quoted !== null) return quoted[2] ?? "";
  if (!/^(?:"|-?\d|true$|false$)/.test(trimmed)) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed.replace(/(?<=\d)_(?=\d)/g, ""));
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? value
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function reportProp(
  issue: z.core.$ZodIssue,
  node: MdxJsx,
  { name, props, example }: PropsContract<unknown>,
  context: BodyContext,
): void {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(props.shape);
    for (const key of issue.keys) {
      const near = didYouMean(key, known);
      const guess = near === null ? "" : `Did you mean ${near}? `;
      report(
        context,
        propLine(node, key, context),
        `<${name}> has no prop ${key}`,
        `${guess}Its props are: ${known.join(", ")}.\n${example}`,
      );
    }
    return;
  }
  const key = String(issue.path[0] ?? "");
  const line = propLine(node, key, context);
  const about = props.shape[key]?.meta()?.description;
  const hint = `${about === undefined ? "" : `${key}: ${about}\n`}${example}`;
  report(context, line, `${messageOf(issue, key, name, hasProp(node, key))}`, hint);
}

function messageOf(issue: z.core.$ZodIssue, key: string, name: string, isThere: boolean): string {
  if (issue.code === "custom" && key === "") return `<${name}> ${issue.message}`;
  if (!isThere) return `<${name}> needs the prop ${key}`;
  return `The prop ${key} of <${name}> ${expectation(issue)}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.origin === "string"
        ? "must not be empty"
        : `must be ${issue.inclusive === true ? "at least" : "more than"} ${issue.minimum}`;
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in quotes, such as "…"',
  number: "a number in braces, such as {60000}",
  int: "a whole number in braces, such as {60000}",
  boolean: "written alone or as {true} or {false}",
};

function hasProp(node: MdxJsx, name: string): boolean {
  return node.attributes.some((attribute) => attribute.type === "mdxJsxAttribute" && attribute.name === name);
}

/** 1-based line of a prop in the author's file; the line of the tag when the prop is missing. */
export function propLine(node: MdxJsx, name: string, context: BodyContext): number {
  const line = lineOf(node, context.source);
  const start = node.position?.start.offset;
  if (start === undefined || !hasProp(node, name)) return line;
  const tag = context.text.slice(start, node.position?.end.offset);
  const place = new RegExp(`\\s${escapeRegExp(name)}(?=[\\s=/>])`).exec(tag);
  if (place === null) return line;
  return line + (tag.slice(0, place.index + 1).match(/\n/g)?.length ?? 0);
}
