/** Finds other programs' syntax that would be shown literally, each with a note of what to write instead. */
import type { BlockLine } from "./blocks.ts";
import type { BodyFormat, LineIssue } from "./prepared.ts";

const LEAF = /^[ \t>]*::([a-z][\w-]*)(?:\[([^\]]*)\])?(\{[^}]*\})?[ \t]*$/i;
const INLINE = /(?<![\w:]):[a-z][\w-]*\[[^\]\n]*\](?:\{[^}\n]*\})?/gi;
const INCLUDED =
  /^[ \t]*(?:-{1,}8<-{1,}[ \t]*(?:"|'|$)|<<<[ \t]*@?[./\w]|@import[ \t]+["']|!INCLUDE\b|@include[({ ])/;
const CODE = /(`+)(?!`)[^\n]*?[^`]\1(?!`)/g;

/** LaTeX commands outside formulas. Only for Markdown: in MDX, their braces are already reported. */
const LATEX =
  /(?<!\\)\\(?:(cite[a-z]*|ref|eqref|autoref|label|footnote|emph|textit|textbf|texttt|url|section|subsection)(?:\[[^\]\n]*\])?\{([^{}\n]*)\}|(begin)\{([a-z]+\*?)\})/g;
/** Pandoc's `[@key, p. 3]`. */
const CITATION = /\[(?:see )?-?@[\w:.#$%&+?<>~/-]+(?:[,;][^\]\n]*)?\](?![([])/g;
const FORMULA = /(?<![\p{L}\p{N}$])(\${1,2})[^$\n]+\1/gu;
const BULLET = /^[ \t>]*[•‣◦▪●·][ \t]*(?=\S)/;

/**
 * Notes about unsupported syntax: directives such as `::github{repo="a/b"}`, file includes, citations, LaTeX commands,
 * word processor bullets, spoilers, headings without a space, BBCode, and misspelled links.
 */
export function foreignMarks(lines: readonly BlockLine[], format: BodyFormat): LineIssue[] {
  return lines.flatMap(({ kind, line, text }, index): LineIssue[] => {
    if (kind === "code") return [];
    const plain = text.replaceAll(CODE, (code) => " ".repeat(code.length));
    const leaf = LEAF.exec(text);
    if (leaf !== null && (leaf[2] ?? leaf[3]) !== undefined)
      return [shown(text.trim(), line, insteadOfLeaf(leaf[1] ?? "", leaf[2] ?? "", leaf[3] ?? ""))];
    if (/^[ \t]*===[+!]?[ \t]+".+"[ \t]*$/.test(text))
      return [
        shown(
          text.trim(),
          line,
          "Write tabs like this, with a blank line before the first:\n:::tabs\n:::tab[Title]\nText\n:::\n:::",
        ),
      ];
    if (INCLUDED.test(text))
      return [shown(text.trim(), line, "A text can't include another file. Copy its content here.")];
    const inline = [...plain.matchAll(INLINE)].map(([mark]) =>
      shown(mark, line, `Write only the text:\n${/\[([^\]]*)\]/.exec(mark)?.[1] ?? ""}`),
    );
    const prose = plain.replaceAll(FORMULA, (formula) => " ".repeat(formula.length));
    const citations = [...prose.matchAll(CITATION)].map(([mark]) =>
      shown(
        mark,
        line,
        `Write the source as a note, or link to it:\n^[${mark.slice(1, -1).replace(/-?@/g, "")}]`,
      ),
    );
    const commands = format === "mdx" ? [] : [...prose.matchAll(LATEX)].map((match) => latex(match, line));
    return [
      ...[...inline, ...citations, ...commands, ...bullets(lines, index), ...missed(plain, line)],
      ...openSpoilers(plain, line),
      ...closeHeading(text, line),
      ...forumMarks(plain, line),
    ];
  });
}

function latex([mark, name = "", words = "", , environment]: RegExpExecArray, line: number): LineIssue {
  if (environment !== undefined)
    return shown(
      mark,
      line,
      "Put a formula between two lines of $$. For anything else, write out what it stands for.",
    );
  switch (name) {
    case "emph":
    case "textit":
      return shown(mark, line, `Write:\n*${words}*`);
    case "textbf":
      return shown(mark, line, `Write:\n**${words}**`);
    case "texttt":
      return shown(mark, line, `Write:\n\`${words}\``);
    case "url":
      return shown(mark, line, `Write:\n<${words}>`);
    case "footnote":
      return shown(mark, line, `Write:\n^[${words}]`);
    case "section":
    case "subsection":
      return shown(mark, line, `Write:\n${name === "section" ? "##" : "###"} ${words}`);
    default:
      return shown(
        mark,
        line,
        "Write what readers see in its place, such as (1), or a link to a heading: [text](#id)",
      );
  }
}

/** Note at the first of several lines that begin with a word processor's bullet; they become one paragraph. */
function bullets(lines: readonly BlockLine[], index: number): LineIssue[] {
  const isBullet = (at: number): boolean => lines[at]?.kind === "text" && BULLET.test(lines[at]?.text ?? "");
  if (!isBullet(index) || isBullet(index - 1) || !isBullet(index + 1)) return [];
  const { text = "", line = 1 } = lines[index] ?? {};
  return [
    {
      line,
      message: `Lines that begin with ${text.trim().charAt(0)} are shown as one paragraph, not as a list`,
      hint: `Begin each of them with a hyphen:\n${text.replace(BULLET, (sign) => sign.replace(/[^ \t>]/, "-").replace(/-$/, "- "))}`,
    },
  ];
}

/** Spoiler syntax of Discord, Reddit and Lemmy, which hides nothing here. */
function openSpoilers(text: string, line: number): LineIssue[] {
  const marks = [
    ...text.matchAll(/(?<![\w|)\]])\|\|(?=\S)[^|\n]*[\p{L}\p{N}][^|\n]*(?<=\S)\|\|(?![\w|([])/gu),
    ...text.matchAll(/>!(?=\S)[^\n]*?\S!<|^[ \t]*>![ \t]*\S[^\n]*$/g),
  ];
  return marks.map(([mark]) => ({
    line,
    message: `${shorten(mark)} hides nothing here: readers see its text`,
    hint: `Use a foldable callout:\n> [!note]- Spoiler\n> ${mark.replaceAll(/^\s*(?:\|\||>!)\s*|\s*(?:\|\||!<)$/g, "")}`,
  }));
}

/** Headings without a space after the `##`, which older parsers accept. A single `#word` may be a tag. */
function closeHeading(text: string, line: number): LineIssue[] {
  const [, signs = "", words = ""] = /^ {0,3}(#{2,6})([\p{L}\p{N}*_`[].*)$/u.exec(text) ?? [];
  if (signs === "") return [];
  return [
    {
      line,
      message: `${shorten(text.trim())} isn't a heading: the space after the # characters is missing`,
      hint: `Add the space:\n${signs} ${words}`,
    },
  ];
}

/** BBCode, as used in forums. */
function forumMarks(text: string, line: number): LineIssue[] {
  return [...text.matchAll(/\[(b|i|u|s|url|img|quote|code|color|size)(=[^\]\n]*)?\]([^\n]*?)\[\/\1\]/gi)].map(
    ([mark, name = "", value = "", inside = ""]) =>
      shown(mark, line, `Write:\n${insteadOfForumMark(name.toLowerCase(), value.slice(1), inside)}`),
  );
}

function insteadOfForumMark(name: string, value: string, inside: string): string {
  switch (name) {
    case "b":
      return `**${inside}**`;
    case "i":
      return `*${inside}*`;
    case "s":
      return `~~${inside}~~`;
    case "url":
      return value === "" ? `<${inside}>` : `[${inside}](${value})`;
    case "img":
      return `![What it shows](${inside})`;
    case "quote":
      return `> ${inside}`;
    case "code":
      return `\`${inside}\``;
    default:
      return inside;
  }
}

/** Links with a space between their parts, or with the brackets and parentheses swapped. */
function missed(text: string, line: number): LineIssue[] {
  const apart = [...text.matchAll(/(!?\[[^\]\n]+\])[ \t]+\(((?:https?:\/\/|\.{0,2}\/)[^\s()]+)\)/g)].map(
    ([whole, words, address]) =>
      noLink(whole, line, `Remove the space between the two parts:\n${words}(${address})`),
  );
  const exchanged = [...text.matchAll(/(?<!\])\(([^()\n]+)\)\[(https?:\/\/[^\]\s]+)\]/g)].map(
    ([whole, words, address]) =>
      noLink(
        whole,
        line,
        `Put the text in square brackets and the address in parentheses:\n[${words}](${address})`,
      ),
  );
  return [...apart, ...exchanged];
}

function insteadOfLeaf(name: string, label: string, attributes: string): string {
  const value = /(?:[\w-]+=)?(?:"([^"]+)"|'([^']+)'|#?([\w./@:-]+))/.exec(attributes.slice(1, -1));
  const given = value?.[1] ?? value?.[2] ?? value?.[3] ?? label;
  switch (name.toLowerCase()) {
    case "youtube":
      return `Write on a line of its own:\nhttps://www.youtube.com/watch?v=${given}`;
    case "vimeo":
      return `Write on a line of its own:\nhttps://vimeo.com/${given}`;
    case "github":
      return `Write a link:\n[${given}](https://github.com/${given})`;
    default:
      return "Write out what it stood for, or remove it.";
  }
}

function noLink(written: string, line: number, hint: string): LineIssue {
  return { line, message: `${shorten(written)} isn't a link, so it is shown as text`, hint };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function shown(mark: string, line: number, hint: string): LineIssue {
  return { line, message: `${shorten(mark)} is syntax of another program and is shown as plain text`, hint };
}
