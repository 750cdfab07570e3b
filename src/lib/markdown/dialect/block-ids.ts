import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

/** Obsidian gives six signs; people give words. */
const BLOCK_ID = /(?:^|[ \t]+)\^([A-Za-z0-9-]{3,})[ \t]*$/;

/** The lines without the names that Obsidian gives to blocks, ` ^name` at their ends, which readers don't see. */
export function withoutBlockIds(lines: readonly BlockLine[], notes: LineIssue[]): BlockLine[] {
  return lines.map((line, at) => {
    const name = line.kind === "text" ? BLOCK_ID.exec(line.text)?.[1] : undefined;
    const next = lines[at + 1];
    const isEnd = next === undefined || next.kind !== "text" || /^\s*(?:$|[-*+>#]|\d+[.)]\s)/.test(next.text);
    if (name === undefined || !isEnd) return line;
    notes.push({
      line: line.line,
      message: `The name of a block, ^${name}, is left out`,
      hint: "Links lead to headings:\n[[note#Heading]]",
    });
    return { ...line, text: line.text.replace(BLOCK_ID, "") };
  });
}
