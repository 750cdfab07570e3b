import { COMPONENTS } from "./components/registry.ts";
import { ALLOWED } from "./html-element.ts";

/** A syntax error explained for the author, and the data to continue parsing after it. */
export interface ParseIssue {
  readonly message: string;
  readonly hint: string;
  /** 1-based line in the parsed text; null if the parser gave none. */
  readonly line: number | null;
  /** The text with the error replaced by spaces; null if parsing the rest would only give follow-up errors. */
  readonly without: string | null;
  /** Name of a broken or unclosed start tag. */
  readonly opens: string | null;
  /** Name of an end tag without a start tag. */
  readonly closes: string | null;
}

interface Spot {
  /** The parser's message, without position and code. */
  readonly said: string;
  /** The text from the error on. */
  readonly rest: string;
  /** The line with the error. */
  readonly lineText: string;
}

interface Explanation {
  readonly message: string;
  readonly hint: string;
  /** Number of UTF-16 units of `rest` to blank out; 0 to stop. */
  readonly length: number;
  readonly opens?: string | null;
  readonly closes?: string | null;
}

const POSITION = /^(\d+):(\d+): /;

/** Converts an error thrown by the parser to one that an author can fix. */
export function explainParseError(error: unknown, text: string): ParseIssue {
  const thrown = error instanceof Error ? error.message : String(error);
  const position = POSITION.exec(thrown);
  const said = thrown.replace(POSITION, "").replace(/ \(mdx[\w-]*:[\w-]+\)$/, "");
  if (position === null) {
    return {
      message: `This text can't be read as MDX: ${said}`,
      hint: "Write braces as \\{ and \\}, a less-than sign as \\<, and close every tag.",
      line: null,
      without: null,
      opens: null,
      closes: null,
    };
  }
  const line = Number(position[1]);
  const offset = offsetOf(text, line, Number(position[2]));
  const spot = { said, rest: text.slice(offset), lineText: text.split("\n")[line - 1] ?? "" };
  const explain = EXPLANATIONS.find(([sign]) => sign.test(said))?.[1] ?? fallback;
  const { message, hint, length, opens = null, closes = null } = explain(spot);
  return {
    message,
    hint,
    line,
    opens,
    closes,
    without: length === 0 ? null : blankOut(text, offset, length),
  };
}

const EXPLANATIONS: readonly (readonly [RegExp, (spot: Spot) => Explanation])[] = [
  [/to create a comment in MDX/, explainComment],
  [/to create a link in MDX/, explainLessThan],
  [/^Expected a closing tag for/, explainUnclosed],
  [/expected an open tag first/, explainUnopened],
  [/expected corresponding closing tag/, explainCrossed],
  [/^Unexpected end of file in expression/, explainBrace],
  [/^Could not parse expression/, explainExpression],
  [/^Could not parse esm/, explainImport],
];

function explainComment({ rest }: Spot): Explanation {
  if (!rest.startsWith("<!--")) {
    return {
      message: "`<!` isn't valid in MDX",
      hint: "Write \\<! for the characters themselves.",
      length: 1,
    };
  }
  const end = rest.indexOf("-->");
  return {
    message: "An HTML comment isn't allowed in MDX",
    hint: "Remove it, or write it as MDX does, on a line of its own:\n{/* a note to myself */}",
    length: end === -1 ? rest.length : end + 3,
  };
}

function explainLessThan({ rest }: Spot): Explanation {
  const link = /^<((?:https?:\/\/|mailto:)?[^\s<>]+[.@:][^\s<>]+)>/.exec(rest);
  if (link !== null) {
    const address = link[1] ?? "";
    const target = /^[^:/]+@/.test(address) ? `mailto:${address}` : address;
    return {
      message: `${link[0]} isn't a link in MDX`,
      hint: `Write it as a link with a text:\n[${address.replace(/^(?:https?:\/\/|mailto:)/, "")}](${target})`,
      length: link[0].length,
    };
  }
  const tag = /^<\/?([A-Za-z][\w.-]*)/.exec(rest);
  if (tag === null) {
    return {
      message: "`<` starts a tag here, but no tag follows",
      hint: "Write \\< for the character itself: 2 \\< 3",
      length: 1,
    };
  }
  const name = tag[1] ?? "";
  return {
    message: `The tag <${name}> is broken`,
    hint: `${escapeHint(name)}Write the values of props in quotes, numbers in braces, and end the tag with > or />:\n<${name} title="A text" count={3} />`,
    length: 1,
    opens: name,
  };
}

/** Hint for an unknown tag, which may not be meant as one: `List<String>`, `a <b`. */
function escapeHint(name: string): string {
  if (ALLOWED.has(name.toLowerCase()) || COMPONENTS.has(name)) return "";
  return `If it isn't meant as a tag, escape it: \\<${name}\n`;
}

function explainUnclosed({ said, rest }: Spot): Explanation {
  const name = /`<([^>]*)>`/.exec(said)?.[1] ?? "";
  const inside = /before the end of `(\w+)`/.exec(said)?.[1];
  const where = inside === undefined ? "" : `, at the latest where its ${INSIDE[inside] ?? inside} ends`;
  return {
    message: `<${name}> is never closed`,
    hint: `${escapeHint(name)}Close it${where}; tags around paragraphs are on lines of their own, with blank lines between:\n<${name}>\n\nText\n\n</${name}>`,
    length: rest.startsWith("<") ? 1 : 0,
    opens: name,
  };
}

const INSIDE: Readonly<Record<string, string>> = {
  paragraph: "paragraph",
  listItem: "list item",
  blockQuote: "quotation",
  tableCell: "table cell",
  heading: "heading",
};

function explainUnopened({ said }: Spot): Explanation {
  const name = /`<\/([^>]*)>`/.exec(said)?.[1] ?? "";
  return {
    message: `</${name}> closes a tag that was never opened`,
    hint: `Remove it, or open it further up: <${name}>`,
    length: 1,
    closes: name,
  };
}

function explainCrossed({ said }: Spot): Explanation {
  const [, closing = "", open = ""] = /`<\/([^>]*)>`.*`<([^>]*)>`/.exec(said) ?? [];
  return {
    message: `</${closing}> is where <${open}> should be closed`,
    hint: `Close first what was opened last:\n<${open}>…</${open}>`,
    length: 0,
  };
}

function explainBrace(): Explanation {
  return {
    message: "`{` is never closed",
    hint: "Write \\{ for the character itself; in MDX, braces enclose JavaScript.",
    length: 1,
  };
}

function explainExpression(): Explanation {
  return {
    message: "The text between { and } isn't JavaScript",
    hint: "Write \\{ and \\} for the characters themselves.",
    length: 0,
  };
}

function explainImport({ said, lineText }: Spot): Explanation {
  if (/semicolon/.test(said)) {
    return {
      message: `This line isn't valid JavaScript, and there is no empty line between it and the import or export above it: ${lineText}`,
      hint: `Leave an empty line between them:\n\n${lineText}`,
      length: 0,
    };
  }
  return {
    message: `This import or export isn't valid JavaScript: ${said.replace(/^Could not parse esm with oxc: /, "")}`,
    hint: 'Import a component of your own like this:\nimport Chart from "./Chart.astro"',
    length: 0,
  };
}

function fallback({ said }: Spot): Explanation {
  return {
    message: `This isn't valid MDX: ${said}`,
    hint: "Write braces as \\{ and \\}, a less-than sign as \\<, and close every tag.",
    length: 0,
  };
}

/** Converts a position to an offset. Columns are 1-based and count UTF-16 units. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

function blankOut(text: string, offset: number, length: number): string {
  const blank = text.slice(offset, offset + length).replace(/[^\n\r]/g, " ");
  return text.slice(0, offset) + blank + text.slice(offset + length);
}
