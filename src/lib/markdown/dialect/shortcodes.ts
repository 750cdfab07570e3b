import type { LineIssue } from "./prepared.ts";

/** Jekyll's template variables. */
const VALUE = /^\{\{-?\s*(?:(?:site|page|layout|include|paginator)\.[\w.]+|content\s*\|)[^{}\n]*\}\}/;

/** WordPress shortcodes, in square brackets. */
const WORDPRESS =
  /^\[\/?(caption|gallery|embed|youtube|vimeo|audio|video|playlist|code|sourcecode|gist|contact-form(?:-\d+)?|wp_caption)(?:\s[^\]\n]*|=[^\]\n]*)?\](?![([:])/;

/** WordPress shortcodes around an address. The address alone on a line does the same here. */
const WORDPRESS_EMBED =
  /^\[(?:embed[^\]\n]*\]|(?:youtube|vimeo|audio|video)[ =]["']?)(https?:\/\/[^\s\][<"']+)["']?(?:\[\/embed\]|\])/;

const CALL =
  /^(?:\{\{[<%]\s*(\/?)([\w.-]+)([\s\S]*?)\/?[>%]\}\}|\{%-?\s*(end)?([\w.-]+)([\s\S]*?)-?%\}|\{\{-?\s*()([\w.-]+)\(([\s\S]*?)\)\s*-?\}\})/;

/** A shortcode or template tag of another program: Hugo, Jekyll, Hexo, Zola, Eleventy or WordPress. */
export interface Shortcode {
  readonly text: string;
  readonly name: string;
  /** The equivalent syntax in Backfence; null if there is none. */
  readonly instead: string | null;
}

/** The shortcode that begins at an offset, or null. */
export function shortcodeAt(text: string, from: number): Shortcode | null {
  const [embed, url = ""] = WORDPRESS_EMBED.exec(text.slice(from, from + 400)) ?? [];
  if (embed !== undefined) return { text: embed, name: "embed", instead: url };
  const [other, block] =
    WORDPRESS.exec(text.slice(from, from + 400)) ?? VALUE.exec(text.slice(from, from + 400)) ?? [];
  if (other !== undefined) return { text: other, name: block ?? "", instead: null };
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

/** Names of other programs' shortcodes that link to another text. */
const LINKS = new Set(["ref", "relref", "post_url", "link", "post_link", "post_path"]);

/** The name of the text that a link shortcode in an address refers to, with its fragment; null for other addresses. */
export function textInCall(address: string): string | null {
  const call = /^\s*\{[{%]/.test(address) ? shortcodeAt(address.trim(), 0) : null;
  const name = call !== null && LINKS.has(call.name) ? FILE.exec(call.text)?.[1] : undefined;
  if (call === null || name === undefined) return null;
  const after = /^#\S*/.exec(address.trim().slice(call.text.length))?.[0] ?? "";
  const [path = "", part] = name.split("#");
  const stem = path
    .replace(/\.(?:md|mdx|markdown|html?)$/i, "")
    .replace(/(?:^|\/)_?index$/, "")
    .replace(/^\/?(?:_posts\/)?|\/$/g, "");
  return stem === "" ? null : stem + (part === undefined ? after : `#${part}`);
}

const FILE = /["']?([\w./#-]+)["']?\s*\/?-?[>%]/;

/** Note about a shortcode that a Markdown file shows as plain text. */
export function shortcodeNote(shortcode: Shortcode, line: number): LineIssue {
  return {
    line,
    message: `${shorten(shortcode.text)} is syntax of another program and is shown as plain text`,
    hint: shortcodeHint(shortcode) ?? "Write out what it stood for, or remove it.",
  };
}

/** Hint with the equivalent of a shortcode; null if there is none. */
export function shortcodeHint({ text, name, instead }: Shortcode): string | null {
  if (instead !== null) return `Write on a line of its own:\n${instead}`;
  if (name === "raw" || name === "verbatim")
    return "Remove both tags: the text between them is always shown literally.";
  const [file, part] = (LINKS.has(name) ? (FILE.exec(text)?.[1] ?? "") : "").split("#");
  if (file === undefined || file === "") return null;
  const stem = file
    .replace(/\/$/, "")
    .replace(/^.*\/|\.\w+$/g, "")
    .replace(/^\d{4}-\d\d?-\d\d?-/, "");
  return `Link to the file by its name:\n[[${stem}${part === undefined ? "" : `#${part}`}]]`;
}

function shorten(text: string): string {
  const words = text.replace(/\s+/g, " ");
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}
