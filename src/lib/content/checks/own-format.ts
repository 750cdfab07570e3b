/** Converts front matter in hints to the format of the file. */
import path from "node:path";
import { stringify as toToml } from "smol-toml";
import { parse } from "yaml";
import type { AuthorIssue } from "../../author-error.ts";
import { readIfThere } from "../../cache/file-state.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { divide, type FrontMatterFormat } from "../../yaml/front-matter.ts";
import { isRecord } from "../front-matter/convert.ts";

/** Converts YAML in hints if front matter is TOML or JSON, so that it can be pasted. @param root the project's root. */
export function inOwnFormat(issues: readonly AuthorIssue[], root: string): readonly AuthorIssue[] {
  const heads = new Map<string, ReturnType<typeof headOf>>();
  return issues.map((issue) => {
    const { file, line, hint } = issue;
    if (line === undefined || !/\.mdx?$/i.test(file)) return issue;
    const head = heads.get(file) ?? headOf(file, root);
    heads.set(file, head);
    return line <= head.lines ? { ...issue, hint: converted(hint, head.format) } : issue;
  });
}

function headOf(file: string, root: string): { readonly format: FrontMatterFormat; readonly lines: number } {
  const { text } = decodeText(readIfThere(path.join(root, file)) ?? Buffer.alloc(0), file);
  const { format, bodyOffset, closesAt } = divide(text);
  return { format, lines: closesAt === null ? bodyOffset : 0 };
}

/** Converts lines of YAML in a hint, unless the sentence before them names a YAML file. Sentences stay unchanged. */
function converted(hint: string, format: FrontMatterFormat): string {
  if (format !== "toml" && format !== "json") return hint;
  let before = "";
  return partsOf(hint)
    .map((part) => {
      const result = part.isYaml && !/\.yaml\b/.test(before) ? linesIn(format, part.text) : part.text;
      before = part.text;
      return result;
    })
    .join("\n");
}

interface Part {
  readonly text: string;
  readonly isYaml: boolean;
}

function partsOf(hint: string): readonly Part[] {
  const parts: Part[] = [];
  for (const line of hint.split("\n")) {
    const last = parts.at(-1);
    const isYaml = /^[\w.]+:(?:\s|$)/.test(line) || (last?.isYaml === true && /^\s+\S/.test(line));
    if (last?.isYaml === isYaml) parts[parts.length - 1] = { text: `${last.text}\n${line}`, isYaml };
    else parts.push({ text: line, isYaml });
  }
  return parts;
}

function linesIn(format: "toml" | "json", yaml: string): string {
  try {
    const data: unknown = parse(yaml, { schema: "core" });
    if (!isRecord(data)) return yaml;
    if (format === "toml") return toToml(data).trimEnd();
    return JSON.stringify(data, null, 2).split("\n").slice(1, -1).map((line) => line.slice(2)).join("\n");
  } catch {
    return yaml;
  }
}
