/** Tags of static generators in Markdown as Markdown: Hugo's and Zola's shortcodes, Jekyll's Liquid, Hexo's tags. */
import { isCalloutType } from "../../markdown/callout-types.ts";
import type { StaticGenerator } from "./static-site.ts";
import { changeProse, FENCED } from "../fenced-code.ts";
import { replaceBetween, replaceCalls, withPlainQuotes } from "./template-calls.ts";
import type { CallArguments, TemplateCall } from "./template-calls.ts";

export interface CleanedTags {
  readonly text: string;
  /** What stays as text or was left out, in words. */
  readonly losses: readonly string[];
}

/** Fenced code and code in a line, which are shown as they are. */
const CODE = new RegExp(`${FENCED}|\`[^\`\\n]+\``, "gm");
/** Stand around the number of a part that is put back at the end. */
const HELD = /\uE000(\d+)\uE001/g;

/** The text with the tags that mean something here. */
export function cleanTags(text: string, generator: StaticGenerator): CleanedTags {
  const losses = new Set<string>();
  const held: string[] = [];
  const hold = (part: string): string => `\uE000${held.push(part) - 1}\uE001`;
  const bare = text.replaceAll(/[\uE000\uE001]/g, "");
  const plain = generator === "hugo" ? withPlainQuotes(bare) : bare;
  const source = replacePairs(replacePairs(plain, "raw", hold), "comment", () => {
    losses.add("a comment of the template, which is left out");
    return "";
  });
  const withCode = replaceCalls(source, (call) => codeBlock(call, generator));
  const inProse = withCode.replace(CODE, (code) =>
    hold(
      code
        .replace(/(\{\{[<%]) *\/\*([\s\S]*?)\*\/ *([>%]\}\})/g, "$1$2$3")
        .replace(/(\{[{%]) *\/\*([\s\S]*?)\*\/ *([%}]\})/g, "$1$2$3")
        .replace(HELD, (_mark, at: string) => held[Number(at)] ?? ""),
    ),
  );
  const called = replaceCalls(withoutOutputs(inProse), (call) => converted(call, generator));
  const rest = withUnknown(called, generator, losses);
  const result = rest.replace(HELD, (_mark, at: string) => {
    const part = held[Number(at)] ?? "";
    // Code is shown as it stands; in a text that isn't to be read as a template, braces are signs.
    return /^(?: {0,3}(?:```|~~~)|`)/.test(part) ? part : escapedBraces(part);
  });
  return { text: result.replace(/^\n+/, ""), losses: [...losses] };
}

/** The text with what stands between two tags of Liquid replaced, and the tags. */
function replacePairs(text: string, name: string, replace: (inner: string) => string): string {
  const start = new RegExp(String.raw`\{%-?\s*${name}\s*-?%\}\n?`, "g");
  const end = new RegExp(String.raw`\{%-?\s*end${name}\s*-?%\}\n?`, "g");
  return replaceBetween(text, start, end, replace);
}

/** Blocks of code, before anything within them is read. */
function codeBlock({ name, args, inner }: TemplateCall, generator: StaticGenerator): string | null {
  if (inner === null) return null;
  const isHexo = name === "codeblock" || name === "code";
  if (name !== "highlight" && !isHexo) return null;
  if (isHexo && generator === "hugo") return null;
  const code = inner.replace(/^[ \t]*\n/, "").replace(/\s+$/, "");
  const longest = Math.max(
    2,
    ...[...code.matchAll(/^ {0,3}(`{3,})/gm)].map(([, marks = ""]) => marks.length),
  );
  const marks = "`".repeat(longest + 1);
  const { head, after } = isHexo ? hexoCode(args) : { head: highlighted(args), after: "" };
  return `\n${marks}${head}\n${code}\n${marks}\n${after}`;
}

/** `ruby linenos mark_lines="1 2"`, `go "linenos=table,hl_lines=2 3"`. */
function highlighted({ named, plain }: CallArguments): string {
  const lang = named.get("lang") ?? plain[0] ?? "";
  const options = plain.slice(1).join(",");
  const marked =
    named.get("mark_lines") ?? named.get("hl_lines") ?? /hl_lines=\[?([\d ,-]+)/.exec(options)?.[1] ?? "";
  const lines = marked.match(/\d+(?:-\d+)?/g) ?? [];
  return `${/^[\w+#.-]+$/.test(lang) ? lang : ""}${lines.length === 0 ? "" : ` {${lines.join(",")}}`}`;
}

/** `[title] [lang:x] [url] [words of the link] [mark:1,4-7]` */
function hexoCode({ text }: CallArguments): { readonly head: string; readonly after: string } {
  const option = (name: string): string =>
    new RegExp(String.raw`(?:^|\s)${name}:(\S+)`).exec(text)?.[1] ?? "";
  const rest = text
    .replaceAll(/(?:^|\s)(?:lang|mark|line_number|highlight|first_line|wrap|line_threshold):\S+/g, "")
    .trim();
  const [, title = "", url = "", words = ""] = /^(.*?)(?:\s*\b(https?:\/\/\S+)(.*))?$/.exec(rest) ?? [];
  const mark = option("mark");
  const head = [
    option("lang"),
    mark === "" ? "" : `{${mark}}`,
    title.trim() === "" ? "" : `title="${title.trim().replaceAll('"', "'")}"`,
  ];
  const lang = head[0] === "" && head.some((part) => part !== "") ? "text" : head[0];
  return {
    head: [lang, ...head.slice(1)].filter((part) => part !== "").join(" "),
    after: url === "" ? "" : `\n[${words.trim() || url}](${url})\n`,
  };
}

/** Values that a template prints: the address of the blog is that of its root. */
function withoutOutputs(text: string): string {
  return text
    .replace(/<!--\s*(?:more|TEASER_END)\s*-->\n?/gi, "")
    .replace(/\{\{ *site\.(?:baseurl|url) *\}\}/g, "")
    .replace(
      /\{\{-? *["']([^"'}]+)["'] *\| *(?:relative_url|absolute_url|url|prepend: *site\.(?:baseurl|url))(?: *\| *(?:relative_url|absolute_url|prepend: *site\.(?:baseurl|url)))* *-?\}\}/g,
      "$1",
    );
}

const VIDEOS: Readonly<Record<string, (id: string) => string>> = {
  youtube: (id) => `https://www.youtube.com/watch?v=${id}`,
  vimeo: (id) => `https://vimeo.com/${id}`,
  instagram: (id) => `https://www.instagram.com/p/${id}/`,
  jsfiddle: (id) => `https://jsfiddle.net/${id}/`,
};

function converted(call: TemplateCall, generator: StaticGenerator): string | null {
  const { name, args, inner } = call;
  return inner === null
    ? convertedCall(name.toLowerCase(), args, generator)
    : convertedBlock(name.toLowerCase(), args, inner);
}

function convertedCall(name: string, args: CallArguments, generator: StaticGenerator): string | null {
  const { named, plain } = args;
  const first = named.get("id") ?? plain[0] ?? "";
  switch (name) {
    case "youtube":
    case "vimeo":
    case "vimeo_simple":
    case "instagram":
    case "instagram_simple":
    case "jsfiddle":
      if (/^https?:/.test(first)) return ownLine(first);
      return /^[\w/-]+$/.test(first) ? ownLine(VIDEOS[name.replace("_simple", "")]?.(first) ?? "") : null;
    case "x":
    case "x_simple":
    case "tweet":
    case "twitter":
    case "twitter_simple": {
      const id = named.get("id") ?? plain.at(-1) ?? "";
      const user = named.get("user") ?? (plain.length > 1 ? plain[0] : "i");
      if (/^https?:/.test(first)) return ownLine(first);
      return /^\d+$/.test(id) ? ownLine(`https://x.com/${user ?? "i"}/status/${id}`) : null;
    }
    case "gist": {
      const path = plain.slice(0, 2).join("/");
      return /^[\w/-]+$/.test(path) ? ownLine(`https://gist.github.com/${path}`) : null;
    }
    case "ref":
    case "relref": {
      const [, path = "", part = ""] = /^([^#]*)(#.*)?$/.exec(named.get("path") ?? plain[0] ?? "") ?? [];
      return path === "" ? part : `${path.replace(/\/$/, "").replace(/\.(?:md|markdown)$/, "")}.md${part}`;
    }
    case "post_url":
    case "post_path":
      return `${(plain[0] ?? "").replace(/\.\w+$/, "")}.md`;
    case "post_link": {
      const [target = "", ...title] = plain;
      const [path = "", part] = target.split("#");
      return `[${title.filter((word) => !/^(?:true|false)$/.test(word)).join(" ")}](${path}.md${part === undefined ? "" : `#${part}`})`;
    }
    case "link":
      // Jekyll's names a file, Hexo's has words and an address.
      return generator === "hexo"
        ? hexoLink(args)
        : (plain[0] ?? "").replace(/^(?:_posts\/)?/, "/").replace(/^\/\//, "/");
    case "a":
    case "anchor":
      return generator === "hexo" ? hexoLink(args) : null;
    case "asset_path":
      return plain[0] ?? null;
    case "asset_link":
      return plain[0] === undefined ? null : `[${plain.slice(1).join(" ") || plain[0]}](${plain[0]})`;
    case "iframe":
      return /^https?:/.test(first) ? ownLine(first) : null;
    case "figure":
    case "img":
    case "image":
    case "asset_img":
      return figure(args);
    case "more":
      return "";
    default:
      return null;
  }
}

function ownLine(address: string): string {
  return `\n\n${address}\n\n`;
}

/** `{% link words address [external] [title] %}` */
function hexoLink({ text, plain }: CallArguments): string | null {
  const address = plain.find((word) => /^(?:https?:\/\/|\/)/.test(word));
  if (address === undefined) return null;
  const words = text.slice(0, text.indexOf(address)).replaceAll(/["']/g, "").trim();
  return `[${words || address}](${address})`;
}

function figure({ named, plain, text }: CallArguments): string | null {
  const isPlain = named.get("src") === undefined;
  const src = named.get("src") ?? plain.find((word) => /[./]/.test(word));
  if (src === undefined || src === "") return null;
  const after = isPlain
    ? plain.slice(plain.indexOf(src) + 1).filter((word) => !/^\d+(?:px|%)?$/.test(word))
    : [];
  // Hexo: `"title" "alt"`, or one text with the other in quotes.
  const isQuoted = /["'][^"']*$/.test(text);
  const quoted = /^(.*?)\s*'(.*)'$/.exec(after[0] ?? "");
  const [title = "", alt = title] =
    quoted === null ? (isQuoted ? after : [after.join(" ")]) : [quoted[1], quoted[2]];
  const caption = named.get("caption") ?? named.get("title") ?? (isQuoted ? title : "");
  const words = named.get("alt") || alt || caption || "Picture";
  const name = /[\s()]/.test(src) ? `<${src}>` : src;
  const picture = `![${escapedWords(words)}](${name}${caption === "" ? "" : ` "${caption.replaceAll('"', "”").replaceAll(/\s+/g, " ")}"`})`;
  const link = named.get("link") ?? "";
  return `\n\n${link === "" ? picture : `[${picture}](${link})`}\n\n`;
}

function escapedWords(words: string): string {
  return words.replaceAll(/[[\]\n]+/g, " ").trim();
}

const CALLOUTS = new Set("notice admonition callout alert".split(" "));

function convertedBlock(name: string, args: CallArguments, inner: string): string | null {
  const { named, plain, text } = args;
  switch (name) {
    case "blockquote":
    case "quote":
      return quotation(inner, text);
    case "pullquote":
      return quotation(inner, "");
    case "details": {
      const title = named.get("summary") ?? named.get("title") ?? plain[0] ?? "Details";
      return `\n\n<details><summary>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</summary>\n\n${inner.trim()}\n\n</details>\n\n`;
    }
    case "comment":
      return "";
    default: {
      const wanted = (named.get("type") ?? plain[0] ?? "").toLowerCase();
      if (/^(?:tabs?|code-group)$/.test(name) || !(CALLOUTS.has(name) || isCalloutType(name))) return null;
      const type = isCalloutType(wanted) ? wanted : isCalloutType(name) ? name : "note";
      const others = plain.filter((word) => word.toLowerCase() !== wanted || !isCalloutType(wanted));
      const title =
        named.get("title") ?? others.filter((word) => !/^(?:true|false|no-icon|open)$/.test(word)).join(" ");
      return `\n\n${quoted(`[!${type}] ${title}`.trimEnd())}\n${quoted(inner.trim())}\n\n`;
    }
  }
}

/** `[author[, source]] [link] [title of the link]` */
function quotation(inner: string, source: string): string {
  const [, who = "", link = "", title = ""] =
    /^(.*?)(?:\s*\b(https?:\/\/\S+)\s*(.*))?$/.exec(source.replaceAll(/["']/g, "")) ?? [];
  const linked = link === "" ? "" : `[${title.trim() || link.replace(/^https?:\/\//, "")}](${link})`;
  const credit = [who.trim(), linked].filter((part) => part !== "").join(" ");
  return `\n\n${quoted(inner.trim())}\n${credit === "" ? "" : `>\n> — ${credit}\n`}\n`;
}

function quoted(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

/** Calls of which nothing is known stay in the text, so that nothing is lost. */
function withUnknown(text: string, generator: StaticGenerator, losses: Set<string>): string {
  const keep = (whole: string, name: string): string => {
    losses.add(`the tag "${name}", which is kept as text`);
    return escapedBraces(whole);
  };
  return text
    .replace(/\{\{[<%] *\/\*([\s\S]*?)\*\/ *[>%]\}\}|\{[{%] *\/\*([\s\S]*?)\*\/ *[%}]\}/g, (whole) =>
      escapedBraces(whole.replace(/ *\/\*/, "").replace(/\*\/ */, "")),
    )
    .replace(/\{\{[<%] *\/?([\w./-]+)[^{}]*[>%]\}\}/g, keep)
    .replace(/\{%-? *(?:end)?([\w-]+)[^{}]*%\}/g, keep)
    .replace(/\{\{ *(\w+)\([^{}]*\) *\}\}/g, keep)
    .replace(/(?<!\\)\{\{-? *([^{}<\n]+?) *-?\}\}/g, (whole, value: string) => {
      if (!PRINTS.has(generator)) return whole;
      losses.add(`the value {{ ${value} }}, which is kept as text`);
      return escapedBraces(whole);
    });
}

/** Generators that replace `{{ … }}` in texts by a value. */
const PRINTS: ReadonlySet<StaticGenerator> = new Set(["jekyll", "hexo", "eleventy"]);

function escapedBraces(text: string): string {
  return changeProse(text, (prose) =>
    prose.replaceAll(/\{\{|\}\}|\{%|%\}|(?<=\{)</g, (signs) =>
      [...signs].map((sign) => (sign === "%" ? sign : `\\${sign}`)).join(""),
    ),
  );
}
