import type { LineIssue } from "./prepared.ts";

const CALL =
  /^(?:\{\{[<%]\s*(\/?)([\w.-]+)([\s\S]*?)\/?[>%]\}\}|\{%-?\s*(end)?([\w.-]+)([\s\S]*?)-?%\}|\{\{-?\s*()([\w.-]+)\(([\s\S]*?)\)\s*-?\}\})/;

/** A call of another program's template: Hugo's, Jekyll's, Hexo's, Zola's or Eleventy's. */
export interface Shortcode {
  readonly text: string;
  readonly name: string;
  /** The equivalent here; null if there is none. */
  readonly instead: string | null;
}

/** The call that begins at an offset; null when none does. */
export function shortcodeAt(text: string, from: number): Shortcode | null {
  const match = CALL.exec(text.slice(from, from + 1000));
  if (match === null) return null;
  const [whole] = match;
  const name = (match[2] ?? match[5] ?? match[8] ?? "").toLowerCase();
  const written = match[3] ?? match[6] ?? match[9] ?? "";
  return { text: whole, name, instead: insteadOf(name, argumentsOf(written)) };
}

interface Arguments {
  readonly named: ReadonlyMap<string, string>;
  readonly plain: readonly string[];
}

function argumentsOf(text: string): Arguments {
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const match of text.matchAll(
    /(?:([\w-]+)\s*[=:]\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,"'`]+))/g,
  )) {
    const value = match[2] ?? match[3] ?? match[4] ?? match[5] ?? "";
    if (match[1] === undefined) plain.push(value);
    else named.set(match[1], value);
  }
  return { named, plain };
}

function insteadOf(name: string, { named, plain }: Arguments): string | null {
  const first = named.get("id") ?? plain[0];
  switch (name) {
    case "youtube":
      return first === undefined ? null : `https://www.youtube.com/watch?v=${first}`;
    case "vimeo":
      return first === undefined ? null : `https://vimeo.com/${first}`;
    case "tweet":
    case "twitter":
    case "x": {
      const user = named.get("user") ?? (plain.length > 1 ? plain[0] : undefined);
      const id = named.get("id") ?? plain.at(-1);
      return user === undefined || id === undefined ? null : `https://x.com/${user}/status/${id}`;
    }
    case "figure":
    case "img":
    case "image": {
      const src = named.get("src") ?? plain.find((word) => /[./]/.test(word));
      if (src === undefined) return null;
      const caption = named.get("caption") ?? named.get("title");
      const alt = named.get("alt") ?? caption ?? "What it shows";
      return `![${alt}](<${src}>${caption === undefined ? "" : ` "${caption.replaceAll('"', "'")}"`})`;
    }
    default:
      return null;
  }
}

/** Note about a shortcode that a Markdown file shows as plain text. */
export function shortcodeNote({ text, instead }: Shortcode, line: number): LineIssue {
  return {
    line,
    message: `${shorten(text)} is syntax of another program and is shown as plain text`,
    hint:
      instead === null
        ? "Write out what it stood for, or take it out."
        : `Write on a line of its own:\n${instead}`,
  };
}

function shorten(text: string): string {
  const words = text.replace(/\s+/g, " ");
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}
