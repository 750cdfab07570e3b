import type { AuthorIssue } from "../author-error.ts";
import type { Divided } from "./front-matter.ts";
import { readJsData } from "./js-data.ts";
import { readYaml, type YamlSource } from "./source.ts";
import { readToml } from "./toml.ts";

/**
 * Reads the front matter of a divided file; the data is empty when it has none. JSON is read as YAML, its superset.
 * @param file path from the project's root.
 */
export function readFrontMatter(divided: Divided, file: string): YamlSource {
  const { format, head, headOffset } = divided;
  switch (format) {
    case "toml":
      return readToml(head ?? "", file, headOffset);
    case "js":
      return readJs(head ?? "", file, headOffset);
    case "bare":
      return readBare(head ?? "", file, headOffset);
    default:
      return readYaml(head ?? "", file, headOffset);
  }
}

/** Issue for front matter without a closing mark, or null. */
export function neverClosed({ head, format, closesAt }: Divided, file: string): AuthorIssue | null {
  if (closesAt === null) return null;
  const mark = format === "toml" ? "+++" : "---";
  return {
    message: `The front matter isn't closed: a line ${mark} is missing`,
    file,
    line: closesAt,
    hint: `It belongs before the text:\n${mark}\n${head ?? ""}${(head ?? "").endsWith("\n") || head === "" ? "" : "\n"}${mark}`,
  };
}

/** Reads Eleventy's front matter in JavaScript; only literal values can be read. */
function readJs(head: string, file: string, headOffset: number): YamlSource {
  const found = readJsData(head);
  const lineOf = (key: unknown): number => headOffset + (found?.lines.get(String(key)) ?? 1);
  const computed = (found?.computed ?? []).map((key) => ({
    message: `\`${key}\` is computed by JavaScript, which isn't run`,
    file,
    line: lineOf(key),
    hint: `Write its value:\nconst ${key} = "…";`,
  }));
  const unreadable = {
    message: "Front matter in JavaScript can't be read",
    file,
    line: headOffset + 1,
    hint: 'Write it as YAML between lines of ---, or as constants:\nconst title = "A title";',
  };
  return {
    file,
    data: found === null ? null : found.data,
    issues: found === null ? [unreadable] : computed,
    lineOf: ([key]) => lineOf(key),
    writtenAt: () => null,
  };
}

/** Reads `Key: value` lines without `---` around them, as Pelican and Nikola write them; values are text. */
function readBare(head: string, file: string, headOffset: number): YamlSource {
  const lines = new Map<string, number>();
  const data: Record<string, string> = {};
  let last = "";
  for (const [at, line] of head.split("\n").entries()) {
    const [, key, value = ""] = /^(?:\.\. )?([\p{L}][\p{L}\w -]*):\s*(.*)$/u.exec(line) ?? [];
    if (key !== undefined) {
      last = key;
      lines.set(key, headOffset + at + 1);
      data[key] = value.trim();
    } else if (last !== "" && line.trim() !== "") {
      data[last] = `${data[last] ?? ""} ${line.trim()}`.trim();
    }
  }
  return {
    file,
    data,
    issues: [],
    lineOf: ([key]) => lines.get(String(key)) ?? headOffset + 1,
    writtenAt: ([key]) => data[String(key)] ?? null,
  };
}
