/** Converts template tags of static generators to Markdown: Hugo's and Zola's shortcodes, Liquid, Hexo's tags. */
import { escapeHtml } from "../../escape.ts";
import { isCalloutType } from "../../markdown/callout-types.ts";
import type { StaticGenerator } from "./static-site.ts";
import { changeProse, FENCED } from "../fenced-code.ts";
import { replaceBetween, replaceCalls, withPlainQuotes } from "./template-calls.ts";
import type { CallArguments, TemplateCall } from "./template-calls.ts";

export interface CleanedTags {
  readonly text: string;
  /** Descriptions of tags that stay as text or were left out. */
  readonly losses: readonly string[];
}

/** Fenced and inline code, which stays unchanged. */
const CODE = new RegExp(`${FENCED}|\`[^\`\\n]+\``, "gm");
/** Placeholder with the number of a part that is restored at the end. */
const HELD = /\uE000(\d+)\uE001/g;

/** Returns the value that a template prints for a name such as `page.title`; null if unknown. */
export type ValueOf = (name: string) => string | null;

/** Converts the tags of a text; see `losses` for those without an equivalent. */
export function cleanTags(text: string, generator: StaticGenerator, valueOf: ValueOf): CleanedTags {
  const losses = new Set<string>();
  const held: string[] = [];
  const hold = (part: string): string => `\uE000${held.push(part) - 1}\uE001`;
  const bare = text.replaceAll(/[\uE000-\uE003]/g, "");
  const plain =
    generator === "hugo"
      ? withPlainQuotes(bare)
      : generator === "hexo"
        ? withHexoForms(bare)
        : generator === "eleventy"
          ? withEleventyForms(bare)
          : bare;
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
  const printed = withoutOutputs(inProse, PRINTS.has(generator) ? valueOf : () => null);
  const called = replaceCalls(printed, (call) => converted(call, { generator, losses, valueOf }));
  const rest = withUnknown(withAddresses(withTabs(called)), generator, losses);
  const result = rest.replace(HELD, (_mark, at: string) => {
    const part = held[Number(at)] ?? "";
    // Code stays unchanged; in raw text, braces are literal characters.
    return /^(?: {0,3}(?:```|~~~)|`)/.test(part) ? part : escapedBraces(part);
  });
  return { text: result.replace(/^\n+/, ""), losses: [...losses] };
}

/** Replaces pairs of Liquid tags and the text between them. */
function replacePairs(text: string, name: string, replace: (inner: string) => string): string {
  const start = new RegExp(String.raw`\{%-?\s*${name}\s*-?%\}\n?`, "g");
  // If the tag is alone on its line, the line is removed too.
  const end = new RegExp(
    String.raw`(?:(?<=^[ \t]*)\{%-?\s*end${name}\s*-?%\}\n?|\{%-?\s*end${name}\s*-?%\})`,
    "gm",
  );
  return replaceBetween(text, start, end, replace);
}

/** Converts code blocks, before anything in them is interpreted. */
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

/** `[title] [lang:x] [url] [link text] [mark:1,4-7]` */
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

/** Converts Hexo's info strings of fenced code, and the tabs of its themes, which are written as comments. */
function withHexoForms(text: string): string {
  return text
    .replace(
      /^( {0,3}`{3,})[ \t]*([\w+#-]+)[ \t]+([^`{}=\n]*(?:https?:\/\/|mark:)[^`\n]*)$/gm,
      (_whole, marks: string, lang: string, rest: string) => {
        const { head } = hexoCode({ text: `lang:${lang} ${rest}`, named: new Map(), plain: [] });
        return `${marks}${head}`;
      },
    )
    .replace(
      /<!--[ \t]*tab(?:[ \t]+([^\n]*?))?[ \t]*-->([^]*?)<!--[ \t]*endtab[ \t]*-->/g,
      (_whole, name: string | undefined, inner: string) => tab(name ?? "Tab", inner),
    );
}

/** Converts the info strings of Eleventy's plug-in (marked, added, removed lines); removes Nunjucks comments. */
function withEleventyForms(text: string): string {
  return text
    .replace(
      /^( {0,3}`{3,}[\w+#-]+)\/([\d,-]*)(?:\/([\d,-]*))?[ \t]*$/gm,
      (_whole, head: string, first: string, removed?: string) => {
        if (removed === undefined) return `${head} {${first}}`;
        return [head, first === "" ? "" : `ins={${first}}`, removed === "" ? "" : `del={${removed}}`]
          .filter((part) => part !== "")
          .join(" ");
      },
    )
    .replace(/\{#(?![\w-]+\})[^]*?#\}/g, "");
}

/** Placeholder with the file name of an address that a tag prints. */
const ADDRESS = /\uE002([^\uE003]*)\uE003/g;

function addressOf(file: string): string {
  return `\uE002${file}\uE003`;
}

/** Turns such addresses into links, unless they're already the target of a link. */
function withAddresses(text: string): string {
  return text.replace(ADDRESS, (_whole, file: string, at: number) =>
    /(?:\]\(\s*<?|=["']?|\]:[ \t]*<?)$/.test(text.slice(Math.max(0, at - 20), at)) ? file : `[](${file})`,
  );
}

/** Replaces the values that a template prints; the blog's address becomes empty, so that links are site-relative. */
function withoutOutputs(text: string, valueOf: ValueOf): string {
  return text
    .replace(/<!--\s*(?:more|TEASER_END)\s*-->\n?/gi, "")
    .replace(/\{\{ *site\.(?:baseurl|url) *\}\}/g, "")
    .replace(
      /\{\{-? *((?:page|site|config|post)?\.?[\w]+(?:\.\w+)*) *-?\}\}/g,
      (whole, name: string) => valueOf(name) ?? whole,
    )
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

interface Conversion {
  readonly generator: StaticGenerator;
  readonly losses: Set<string>;
  readonly valueOf: ValueOf;
}

function converted(called: TemplateCall, { generator, losses, valueOf }: Conversion): string | null {
  const call = included(called);
  const { args, inner, whole } = call;
  const name = call.name.toLowerCase();
  if (inner === null) {
    if (name === "param") return valueOf(args.plain[0] ?? "");
    const own = convertedCall(name, args, generator);
    if (own !== null) return own;
    const guess = guessedCall(name, args, generator);
    if (guess !== null) losses.add(`the tag "${call.name}", of which only what it shows stays`);
    return guess;
  }
  if (CONTROL.has(name)) return null;
  if (name.endsWith(".inline")) {
    losses.add(`the template "${call.name}", which is left out`);
    return "";
  }
  const own = convertedBlock(name, args, inner);
  if (own !== null) return own;
  if (!TABS.test(name) && !TAB.test(name) && name !== "mermaid")
    losses.add(`the tag "${call.name}", of which only the text stays`);
  return guessedBlock(name, args, inner, whole, generator);
}

/** Control tags of template languages. */
const CONTROL = new Set(
  "if unless for case tablerow capture paginate block macro set call filter".split(" "),
);

/** Treats `{% include figure.html src="a.png" %}` as a call named after the file. */
function included(call: TemplateCall): TemplateCall {
  if (!/^(?:include|include_relative|include_cached|render|partial)$/.test(call.name)) return call;
  const { named, plain, text } = call.args;
  const [file = "", ...others] = plain;
  const name = file.replace(/^.*\//, "").replace(/\.\w+$/, "");
  return {
    ...call,
    name,
    args: { named, plain: others, text: text.replace(/^["']?[^\s"',]+["']?,?\s*/, "") },
  };
}

/** The words of a name: `legacy-img`, `youtubeVideo`. */
function wordsOf(name: string): ReadonlySet<string> {
  return new Set(name.toLowerCase().split(/[^a-z0-9]+/));
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
const FILM_OR_SOUND = /\.(?:mp4|webm|mov|m4v|mp3|m4a|ogg|oga|opus|wav|flac)$/i;

/** Guesses the output of a custom call from its name and arguments. */
function guessedCall(name: string, args: CallArguments, generator: StaticGenerator): string | null {
  const { named, plain } = args;
  const words = wordsOf(name);
  const known = ["youtube", "vimeo", "instagram", "tweet", "twitter", "gist"].find((one) =>
    name.includes(one),
  );
  if (known !== undefined) {
    const id =
      named.get("id") ?? named.get("url") ?? named.get("src") ?? named.get("video_id") ?? plain[0] ?? "";
    return convertedCall(known, { ...args, named: new Map([...named, ["id", id]]) }, generator);
  }
  const values = [...named.values(), ...plain];
  const isPicture = ["img", "image", "figure", "photo", "picture"].some((word) => words.has(word));
  const own = named.get("src");
  const src =
    isPicture && own !== undefined
      ? own
      : [own, ...values].find((one) => one !== undefined && PICTURE.test(one));
  if (src !== undefined) return figure({ ...args, named: new Map([...named, ["src", src]]) }, generator);
  const media = values.find((one) => FILM_OR_SOUND.test(one));
  if (media !== undefined) return `\n\n[${media.replace(/^.*\//, "")}](<${media}>)\n\n`;
  const text = named.get("text") ?? named.get("content") ?? named.get("body") ?? "";
  if (text !== "" && [...words].some((word) => CALLOUTS.has(word) || isCalloutType(word)))
    return convertedBlock(
      [...words].find((word) => CALLOUTS.has(word) || isCalloutType(word)) ?? "",
      args,
      text,
    );
  const href = named.get("href") ?? named.get("url") ?? named.get("link") ?? "";
  const label = text || named.get("title") || named.get("label") || named.get("name") || "";
  if (href !== "" && label !== "") return `[${escapedWords(label)}](<${href}>)`;
  if (text !== "" && href === "") return text;
  return words.has("qr") || words.has("label") || words.has("badge")
    ? text || (plain[0] ?? "").replace(/^.*@/, "") || null
    : null;
}

/** Guesses the output of a custom block: usually its text below its title. */
function guessedBlock(
  name: string,
  args: CallArguments,
  inner: string,
  whole: string,
  generator: StaticGenerator,
): string {
  const { named, plain } = args;
  const words = wordsOf(name);
  if (words.has("mermaid")) return `\n\n\`\`\`mermaid\n${inner.trim()}\n\`\`\`\n\n`;
  if (words.has("math") || words.has("katex")) return `\n\n$$\n${inner.trim()}\n$$\n\n`;
  if (/quote/.test(name) || words.has("cq")) return quotation(inner, args);
  const href = named.get("href") ?? named.get("url") ?? named.get("link") ?? "";
  if (href !== "" && !/\n/.test(inner.trim())) return `[${inner.trim()}](<${href}>)`;
  if (TABS.test(name) && inner.includes(":::tab[")) return tabs(inner);
  const title =
    named.get("title") ??
    named.get("name") ??
    named.get("label") ??
    named.get("summary") ??
    named.get("header") ??
    (/^(?:tab|step|accordion|collapse|expand)/.test(name) ? plain[0] : undefined) ??
    "";
  if (TAB.test(name) && title !== "") return tab(title, inner);
  const shown = guessedCall(name, args, generator) ?? "";
  // Within a sentence, the text stays inline.
  if (shown === "" && title === "" && !whole.includes("\n") && !inner.includes("\n")) return inner;
  return `\n\n${shown}${title === "" ? "" : `**${title}**\n\n`}${inner.trim()}\n\n`;
}

const TAB = /^(?:code-?)?tab(?:-?item)?$/;
const TABS = /^(?:code-?)?tab(?:s|-?(?:group|pane|set|list|container))$/;

/** A tab in Backfence's syntax; `withTabs` handles tabs without a group. */
export function tab(title: string, inner: string): string {
  return `\n\n:::tab[${escapedWords(title)}]\n${inner.trim()}\n:::\n\n`;
}

export function tabs(inner: string): string {
  return `\n\n:::tabs\n${inner.trim()}\n:::\n\n`;
}

/** Converts tabs without a group to titles above their texts. */
function withTabs(text: string): string {
  if (!text.includes(":::tab[") || text.includes(":::tabs\n")) return text;
  return text.replace(
    /^:::tab\[(.*)\]\n([^]*?)^:::$/gm,
    (_whole, title: string, inner: string) => `**${title}**\n\n${inner}`,
  );
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
      return path === ""
        ? part
        : addressOf(`${path.replace(/\/$/, "").replace(/\.(?:md|markdown)$/, "")}.md${part}`);
    }
    case "post_url":
    case "post_path":
      return addressOf(`${(plain[0] ?? "").replace(/\.\w+$/, "")}.md`);
    case "post_link": {
      const [target = "", ...title] = plain;
      const [path = "", part] = target.split("#");
      return `[${title.filter((word) => !/^(?:true|false)$/.test(word)).join(" ")}](${path}.md${part === undefined ? "" : `#${part}`})`;
    }
    case "link":
      // Jekyll's `link` has a file, Hexo's has text and an address.
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
      return figure(args, generator);
    case "toc":
    case "table_of_contents":
      return "\n\n[TOC]\n\n";
    case "more":
      return "";
    default:
      return null;
  }
}

function ownLine(address: string): string {
  return `\n\n${address}\n\n`;
}

/** `{% link text address [external] [title] %}` */
function hexoLink({ text, plain }: CallArguments): string | null {
  const address = plain.find((word) => /^(?:https?:\/\/|\/)/.test(word));
  if (address === undefined) return null;
  const words = text.slice(0, text.indexOf(address)).replaceAll(/["']/g, "").trim();
  return `[${words || address}](${address})`;
}

function figure(args: CallArguments, generator: StaticGenerator): string | null {
  const { named, text } = args;
  // Eleventy's has an address, alt text and widths.
  const plain = generator === "eleventy" ? args.plain.slice(0, 2) : args.plain;
  const isPlain = named.get("src") === undefined;
  const src = named.get("src") ?? plain.find((word) => /[./]/.test(word));
  if (src === undefined || src === "") return null;
  const after = isPlain
    ? plain.slice(plain.indexOf(src) + 1).filter((word) => !/^\d+(?:px|%)?$/.test(word))
    : [];
  // Hexo: `"title" "alt"`, or one string with the other in quotes inside it.
  const isQuoted = generator !== "eleventy" && /["'][^"']*$/.test(text);
  const quoted = /^(.*?)\s*'(.*)'$/.exec(after[0] ?? "");
  const [title = "", alt = title] =
    quoted === null ? (isQuoted ? after : [after.join(" ")]) : [quoted[1], quoted[2]];
  const heading = named.get("title") ?? "";
  const below = named.get("caption") ?? "";
  const credit = named.get("attr") ?? "";
  const creditLink = named.get("attrlink") ?? "";
  const captions = [
    heading !== "" && below !== "" ? `${heading.replace(/[.:]$/, "")}: ${below}` : heading || below,
    creditLink === "" ? credit : `[${credit || creditLink}](${creditLink})`,
  ].filter((part) => part !== "");
  const caption = captions.length > 0 ? captions.join(" ") : isQuoted ? title : "";
  const words = named.get("alt") || alt || below || heading || "Picture";
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
  const { named, plain } = args;
  switch (name) {
    case "blockquote":
    case "quote":
      return quotation(inner, args);
    case "pullquote":
      return quotation(inner, { named: new Map(), plain: [], text: "" });
    case "details": {
      const title = named.get("summary") ?? named.get("title") ?? plain[0] ?? "Details";
      return `\n\n<details><summary>${escapeHtml(title)}</summary>\n\n${inner.trim()}\n\n</details>\n\n`;
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

/** `[author[, source]] [link] [link title]`, or named arguments. */
function quotation(inner: string, { named, text }: CallArguments): string {
  const value = (...names: readonly string[]): string =>
    names.map((name) => named.get(name) ?? "").find((one) => one !== "") ?? "";
  const source = [value("author", "by", "name"), value("source", "cite", "title")]
    .filter((one) => one !== "")
    .join(", ");
  const written =
    named.size === 0 ? text.replaceAll(/["']/g, "") : `${source} ${value("link", "url", "href")}`;
  const [, who = "", link = "", title = ""] =
    /^(.*?)(?:\s*\b(https?:\/\/\S+)\s*(.*))?$/s.exec(written.trim()) ?? [];
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

/** Keeps unknown calls as text, so that nothing is lost. */
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

/** Generators that replace `{{ … }}` in texts with a value. */
const PRINTS: ReadonlySet<StaticGenerator> = new Set(["jekyll", "hexo", "eleventy"]);

function escapedBraces(text: string): string {
  return changeProse(text, (prose) =>
    prose.replaceAll(/\{\{|\}\}|\{%|%\}|(?<=\{)</g, (signs) =>
      [...signs].map((sign) => (sign === "%" ? sign : `\\${sign}`)).join(""),
    ),
  );
}
