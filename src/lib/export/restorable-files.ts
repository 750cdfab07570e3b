/** Reads the author's files out of an export one at a time, since together they may exceed memory. */
import { readFileSync } from "node:fs";
import { readText } from "../import/decode.ts";
import { readXmlRecords } from "../import/readers/xml-records.ts";
import { JF2_FILES, JF2_FILES_LINE } from "./jf2.ts";
import { sourceFileSchema } from "./source-file.ts";
import type { SourceFile } from "./source-file.ts";
import { WXR_FILE } from "./wxr.ts";

/** Thrown for an export that can't be restored; the message is the end of a sentence. */
export class UnrestorableError extends Error {
  override readonly name = "UnrestorableError";
}

const DAMAGED = "its list of files is damaged";

/** Calls a function for each file of an export in WXR or JF2. @throws UnrestorableError */
export function eachRestorable(source: string, onFile: (file: SourceFile) => void): void {
  const isJson = startOf(source).startsWith("{");
  if (!isJson) fromWxr(source, onFile);
  else if (!fromLines(source, onFile)) fromJson(source, onFile);
}

function startOf(source: string): string {
  for (const piece of readText(source)) if (piece.trim() !== "") return piece.trimStart();
  return "";
}

function fromWxr(source: string, onFile: (file: SourceFile) => void): void {
  const { isTruncated, first } = readXmlRecords(readText(source), {
    records: new Set([WXR_FILE]),
    onRecord: ({ text }) => {
      onFile(fileOf(parseJson(text)));
    },
  });
  if (isTruncated || first !== null) throw new UnrestorableError("it is cut off or damaged");
}

/** @returns false for JSON that another program has reformatted. */
function fromLines(source: string, onFile: (file: SourceFile) => void): boolean {
  let state: "before" | "files" | "after" = "before";
  for (const line of linesOf(source)) {
    if (state === "before") {
      if (line === JF2_FILES_LINE) state = "files";
      continue;
    }
    if (state === "after") continue;
    if (line === "  ]") state = "after";
    else if (/^ {4}\{"name":.*\},?$/s.test(line)) onFile(fileOf(parseJson(line.replace(/,$/, ""))));
    else if (line === "    {") return false;
    else throw new UnrestorableError(DAMAGED);
  }
  if (state === "files") throw new UnrestorableError("it is cut off or damaged");
  return state === "after";
}

function* linesOf(source: string): Generator<string> {
  for (const piece of readText(source)) yield* piece.replace(/\n$/, "").split("\n");
}

function fromJson(source: string, onFile: (file: SourceFile) => void): void {
  const data = parseJson(readFileSync(source, "utf8"));
  const files: unknown = typeof data === "object" && data !== null ? Reflect.get(data, JF2_FILES) : undefined;
  if (!Array.isArray(files)) throw new UnrestorableError(DAMAGED);
  for (const file of files) onFile(fileOf(file));
}

function fileOf(data: unknown): SourceFile {
  const parsed = sourceFileSchema.safeParse(data);
  if (!parsed.success) throw new UnrestorableError(DAMAGED);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnrestorableError(DAMAGED);
    throw error;
  }
}
