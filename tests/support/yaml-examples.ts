import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse, YAMLParseError } from "yaml";
import { blogrollSchema } from "../../src/lib/site/blogroll.ts";
import { editorSchema, KINDS } from "../../src/lib/content/reference.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
const validators: Readonly<Record<"site" | "post" | "author" | "series", ValidateFunction>> = {
  site: ajv.compile(editorSchema(KINDS.site)),
  post: ajv.compile(editorSchema(KINDS.post)),
  author: ajv.compile(editorSchema(KINDS.author)),
  series: ajv.compile(editorSchema(KINDS.series)),
};

/**
 * Returns errors in the YAML examples of a page whose first line says where they belong: a comment with the file name,
 * or the delimiter of front matter. Missing keys are ignored, because examples are excerpts.
 */
export function yamlFaults(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ya?ml\n([^]*?)^```$/gm)].flatMap(([, text = ""]) => {
    if (text.startsWith("# content/blogroll.yaml")) return blogrollFaults(text);
    const kind = kindOf(text);
    return kind === null ? [] : faultsOf(kind, text);
  });
}

function kindOf(text: string): keyof typeof validators | null {
  const first = text.split("\n")[0] ?? "";
  if (/^# content\/site\.yaml/.test(first)) return "site";
  if (/^# content\/authors\//.test(first)) return "author";
  if (/^# content\/series\//.test(first)) return "series";
  return first === "---" || /^# front matter/.test(first) ? "post" : null;
}

function blogrollFaults(text: string): readonly string[] {
  const { error } = blogrollSchema.safeParse(parse(text));
  return (error?.issues ?? []).map(({ path, message }) => `blogroll ${path.join(".")} ${message}`);
}

function faultsOf(kind: keyof typeof validators, text: string): readonly string[] {
  const validate = validators[kind];
  try {
    validate(parse(text.replace(/^---\n/, "").replace(/^---\n?[^]*/m, "")));
  } catch (error) {
    if (error instanceof YAMLParseError) return [error.message];
    throw error;
  }
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "required")
    .map(
      ({ instancePath, message = "", params }) =>
        `${kind} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
}
