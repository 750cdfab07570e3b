import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { commandDocs } from "../src/cli/args/command-docs.ts";
import { commands } from "../src/cli/commands.ts";
import { errorMessages, type FoundMessage } from "./messages/error-messages.ts";
import { TOPICS, troubleshootingTable } from "./messages/troubleshooting.ts";
import { editorSchema, KINDS, keyReference } from "../src/lib/content/reference.ts";

export interface GeneratedFile {
  /** Path relative to the project's root. */
  readonly file: string;
  readonly text: string;
}

/**
 * Returns the generated files that are committed: JSON Schemas for editors, and the references in docs/.
 * @param messages error messages of the code below `root`; extracted from it by default.
 */
export async function generatedFiles(
  root: string,
  messages: readonly FoundMessage[] = errorMessages(root),
): Promise<readonly GeneratedFile[]> {
  const schemas = Object.values(KINDS).map((kind) => ({
    file: `schemas/${kind.schemaFile}`,
    text: JSON.stringify(editorSchema(kind)),
  }));
  const docs = [
    withReference(root, "docs/settings.md", keyReference(KINDS.site, 3)),
    withReference(
      root,
      "docs/front-matter.md",
      [KINDS.post, KINDS.page, KINDS.author, KINDS.series]
        .map((kind) => `## ${kind.title.replaceAll(/[<>]/g, "\\$&")}\n\n${keyReference(kind, 3)}`)
        .join("\n"),
    ),
  ];
  const troubleshooting = TOPICS.map(({ page }) =>
    withReference(root, `docs/troubleshoot/${page}.md`, troubleshootingTable(messages, page)),
  );
  const commandPage = { file: "docs/commands.md", text: await commandDocs(commands) };
  return Promise.all(
    [...schemas, ...docs, ...troubleshooting, commandPage].map((made) => formatted(root, made)),
  );
}

const BEGIN = "<!-- Written by `npm run schemas`: from here … -->";
const END = "<!-- … to here. -->";

/** Replaces the generated reference in a page of the docs; the text around it is written by hand. */
function withReference(root: string, file: string, reference: string): GeneratedFile {
  const text = readFileSync(path.join(root, file), "utf8");
  const [before, rest = ""] = text.split(BEGIN);
  const after = rest.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} lacks the marks for its reference`);
  return { file, text: `${before}${BEGIN}\n\n${reference}\n${END}${after}` };
}

async function formatted(root: string, { file, text }: GeneratedFile): Promise<GeneratedFile> {
  const filepath = path.join(root, file);
  return { file, text: await format(text, { ...(await resolveConfig(filepath)), filepath }) };
}
