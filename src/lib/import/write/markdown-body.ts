/** Rewrites Markdown of other generators: pictures and links to their new places, frames to links. The text stays. */
import path from "node:path";
import { FENCED } from "../fenced-code.ts";
import { isPlayableName, isSoundName } from "../../images/image-metadata.ts";
import { isHtmlName } from "../html/elements.ts";

export interface MarkdownContext {
  /** New address for a link, or for a link to a missing picture; null if it no longer has a target. */
  readonly link: (href: string, isPicture?: boolean) => string | null;
  /** Path of a picture next to the post; null if it isn't available. */
  readonly picture: (src: string) => string | null;
  /** Path of a video, audio file, document or archive next to the post; null if it isn't available. */
  readonly file?: (src: string) => string | null;
  /** Counts a picture that became a link. */
  readonly onRemote: () => void;
  readonly lose: (what: string) => void;
  /**
   * Site path of a text by its name, with the target of its part (`#Heading`); null if no published text has the name.
   * If left out, wikilinks stay unchanged.
   */
  readonly page?: (name: string, part: string) => string | null;
  /** Title of a text of the source; null for other addresses. */
  readonly titleOf?: (href: string) => string | null;
  /** Reports a part that stays as text. */
  readonly remark: (what: string) => void;
  /** Folder of the text in its source. */
  readonly folder: string;
}

const FENCE = new RegExp(FENCED, "gm");
/** An address; in angle brackets it may contain spaces. */
const ADDRESS = String.raw`<[^<>\n]+>|(?:[^\s()<>]|\([^\s()<>]*\))+`;
const IMAGE = String.raw`!\[([^\]\n]*)\]\(\s*(${ADDRESS})(?:\s+(?:"([^"\n]*)"|'[^'\n]*'))?\s*\)`;
const LINK = String.raw`(?<!\\)\[((?:[^[\]\n\\]|\n(?![ \t]*\n)|\\.|!\[[^\]\n]*\]\([^)\n]*\))*)\]\(\s*(${ADDRESS})((?:\s+(?:"[^"\n]*"|'[^'\n]*'))?)\s*\)`;
const WIKI = String.raw`(!?)\[\[([^[\]|#\n]{0,300})(#[^[\]|\n]{0,300})?(?:\|([^[\]\n]{0,300}))?\]\](?!\()`;
const COMPONENT = String.raw`(?<!\\)<(\/?[A-Za-z][\w.]*)(?=[\s/>])`;
/** Inline code, a picture, a link, a wikilink or a component, whichever starts first. */
const INLINE = new RegExp(`(\`+)[^\`\\n]+\\1|${IMAGE}|${LINK}|${WIKI}|${COMPONENT}`, "g");
const DEFINITION = /^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*<?([^\s>]+)>?(.*)$/gm;

export function rewriteMarkdown(source: string, context: MarkdownContext): string {
  const text = withInlinePictures(source);
  const hasTopHeading = proseOf(text).some((prose) => /^#[ \t]/m.test(prose));
  let result = "";
  let done = 0;
  const rewritten = (prose: string): string =>
    withoutCode(prose, (words) => rewriteProse(words, context, hasTopHeading));
  for (const { 0: code, index } of text.matchAll(FENCE)) {
    result += rewritten(text.slice(done, index)) + code;
    done = index + code.length;
  }
  return result + rewritten(text.slice(done));
}

/** Applies a change to the text, except to inline and indented code. */
function withoutCode(text: string, change: (words: string) => string): string {
  const held: string[] = [];
  const hold = (code: string): string => `\uE000${held.push(code) - 1}\uE001`;
  const words = holdIndented(text.replaceAll(/[\uE000\uE001]/g, ""), hold).replace(
    /(?<![`\\])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g,
    hold,
  );
  return change(words).replace(/\uE000(\d+)\uE001/g, (_mark, at: string) => restored(held, at));
}

/** Restores placeholders, which may be nested: inline code within indented code. */
function restored(held: readonly string[], at: string): string {
  return (held[Number(at)] ?? "").replace(
    /\uE000(\d+)\uE001/g,
    (_mark, inner: string) => held[Number(inner)] ?? "",
  );
}

/** Lines with four spaces after an empty line, outside of lists, are code. */
function holdIndented(text: string, hold: (code: string) => string): string {
  let isInList = false;
  let isAfterBlank = true;
  let isCode = false;
  return text
    .split("\n")
    .map((line) => {
      const isBlank = line.trim() === "";
      const isIndented = /^(?: {4}|\t)/.test(line);
      if (/^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line)) isInList = true;
      else if (!isBlank && !/^\s/.test(line)) isInList = false;
      isCode = !isBlank && isIndented && !isInList && (isAfterBlank || isCode);
      isAfterBlank = isBlank;
      return isCode ? hold(line) : line;
    })
    .join("\n");
}

function rewriteProse(prose: string, context: MarkdownContext, hasTopHeading: boolean): string {
  return prose
    .replace(/^(#{1,5})(?=[ \t])/gm, (marks: string) => (hasTopHeading ? `${marks}#` : marks))
    .replace(/<link\b[^>]*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<script\b[\s\S]*?(?:<\/script>|$)|<style\b[\s\S]*?(?:<\/style>|$)/gi, (tag) => {
      context.lose(tag.slice(0, tag.indexOf(">") + 1));
      return "";
    })
    .replace(/<iframe\b[^>]*\bsrc=["']([^"']+)["'][^>]*>(?:[\s\S]*?<\/iframe>)?/gi, (_whole, src: string) => {
      const address = context.link(
        src.replace(/^\/\//, "https://").replace(/\/embed\/([\w-]+).*$/, "/watch?v=$1"),
      );
      return address === null ? "" : `\n\n<${address}>\n\n`;
    })
    .replace(/<(audio|video)\b[^<>]*>(?:[\s\S]{0,5000}?<\/\1>)?/gi, (tag) => mediaTag(tag, context))
    .replace(/<img\b[^>]*>/gi, (tag: string, at: number, whole: string) =>
      imageTag(
        tag,
        whole.slice(Math.max(0, at - 2000), at),
        whole.slice(at + tag.length, at + tag.length + 200),
        context,
      ),
    )
    .replace(/(<a\b[^<>]*?)\shref=["']([^"'<>]*)["']/gi, (_whole, start: string, href: string) => {
      const address = context.link(href);
      return address === null ? start : `${start} href="${address.replaceAll('"', "%22")}"`;
    })
    .replace(
      INLINE,
      (
        whole: string,
        _code: string | undefined,
        alt?: string,
        src?: string,
        caption?: string,
        words?: string,
        href?: string,
        title?: string,
        embed?: string,
        name?: string,
        part?: string,
        label?: string,
        tag?: string,
      ) => {
        if (name !== undefined) {
          const { page } = context;
          // An empty name refers to a part of the same text.
          if (page === undefined || name.trim() === "") return whole;
          const wanted = { name: name.trim(), part: part?.slice(1).trim() ?? "", label: label?.trim() ?? "" };
          return wikiLink(embed === "!", wanted, { ...context, page });
        }
        if (tag !== undefined) return component(whole, tag, context);
        if (src !== undefined) return image(alt ?? "", bare(src), caption ?? "", context);
        return href === undefined ? whole : link(words ?? "", bare(href), title ?? "", context);
      },
    )
    .replace(DEFINITION, (_whole: string, name: string, href: string, title: string) => {
      const address = context.link(href);
      return address === null ? "" : `[${name}]: ${address}${title}`;
    })
    .replace(/\n{3,}/g, "\n\n");
}

/** The parts of a text between fenced code blocks. */
function proseOf(text: string): string[] {
  return text.replace(FENCE, "\0").split("\0");
}

/** Replaces `![words][name]` by an inline picture with the address of the definition. */
function withInlinePictures(text: string): string {
  const addresses = new Map(
    [...text.matchAll(DEFINITION)].map(([, name = "", href = ""]) => [name.toLowerCase(), href]),
  );
  return text.replace(/!\[([^\]\n]*)\]\[([^\]\n]*)\]/g, (whole: string, alt: string, name: string) => {
    const href = addresses.get((name || alt).toLowerCase());
    return href === undefined ? whole : `![${alt}](${href})`;
  });
}

/** The path of a picture from the root of the source; URLs and absolute paths stay unchanged. */
export function relativePath(src: string, folder: string): string {
  return /^[a-z]+:|^\//i.test(src) ? src : path.posix.join("/", folder, src);
}

/** Video or audio as a line with its address, or with the local file if available. */
function mediaTag(tag: string, context: MarkdownContext): string {
  const src = /\bsrc=["']([^"']+)["']/i.exec(tag)?.[1] ?? "";
  const file = src === "" ? null : (context.file?.(src) ?? null);
  if (file !== null) return `\n\n${played(src.replace(/^.*\//, ""), file)}\n\n`;
  const address = src === "" ? null : context.link(src);
  if (address === null) context.lose(tag.slice(0, tag.indexOf(">") + 1));
  return address === null ? "" : `\n\n<${address}>\n\n`;
}

/** Audio as a link, which is a player if alone in its paragraph; video in picture syntax, in a separate paragraph. */
function played(words: string, file: string): string {
  return isPlayableName(file) && !isSoundName(file) ? `\n\n![${words}](${file})\n\n` : `[${words}](${file})`;
}

function bare(address: string): string {
  return address.startsWith("<") ? address.slice(1, -1) : address;
}

type WikiContext = Pick<MarkdownContext, "picture" | "file" | "lose" | "remark"> &
  Required<Pick<MarkdownContext, "page">>;

/** Converts `[[a text|words]]` and `![[a picture.png]]`, which refer to files in any folder. */
function wikiLink(
  isEmbed: boolean,
  { name, part, label }: { readonly name: string; readonly part: string; readonly label: string },
  context: WikiContext,
): string {
  const file = name.replace(/^.*\//, "");
  const words = label || (part === "" || part.startsWith("^") ? file : `${file} > ${part}`);
  const besides = context.file?.(`/${name}`) ?? null;
  if (besides !== null) return isEmbed ? played(label || file, besides) : `[${label || file}](${besides})`;
  if (isEmbed) {
    const picture = context.picture(`/${name}`);
    const size = /^\d+(?:x\d+)?$/.test(label) ? label : "";
    if (picture !== null && size !== "") return `![[${picture.replace("./", "")}|${size}]]`;
    if (picture !== null) return `![${label || described(file)}](${picture})`;
  }
  const path = context.page(name, part === "" || part.startsWith("^") ? "" : `#${part}`);
  if (path !== null) return `[${words}](${path})`;
  if (isEmbed) context.lose(`the embedded file ${name}`);
  else context.remark(`there is no text ${name} that readers see, so the link to it is only words`);
  return words;
}

/** A generator's component stays as text, so that nothing is lost. */
function component(tag: string, name: string, { remark }: MarkdownContext): string {
  if (isHtmlName(name.replace(/^\//, ""))) return tag;
  remark(`the component <${name.replace(/^\//, "")}> is kept as text`);
  // Within an HTML block, a backslash wouldn't be an escape.
  return tag.replace("<", "&lt;");
}

/** An `<img>` alone in a paragraph becomes a Markdown picture; within HTML, Markdown would be shown as text. */
function imageTag(tag: string, before: string, after: string, context: MarkdownContext): string {
  const value = (name: string): string => {
    const [, double, single, plain] =
      new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag) ?? [];
    return double ?? single ?? plain ?? "";
  };
  const isAlone = /(?:^|\n[ \t]*\n) {0,3}$/.test(before) && /^[ \t]*(?:\n[ \t]*(?:\n|$)|$)/.test(after);
  const src = value("src");
  if (isAlone) return image(value("alt"), src, "", context);
  const words = value("alt").trim() || "Picture";
  const local = context.picture(relativePath(src, context.folder));
  if (local !== null) return `<img src="${local}" alt="${words.replaceAll('"', "&quot;")}">`;
  context.onRemote();
  const address = src === "" ? null : context.link(src, true);
  const isInLink = before.lastIndexOf("<a ") > before.lastIndexOf("</a>");
  return address === null || isInLink ? words : `<a href="${address.replaceAll('"', "%22")}">${words}</a>`;
}

/** The words of a file name. */
function described(file: string): string {
  return file.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
}

/** Pages that Obsidian embeds by picture syntax. */
const PAGE_OF_FILM_OR_POST =
  /^https?:\/\/(?:www\.|m\.)?(?:youtube\.com\/watch\?|youtu\.be\/|vimeo\.com\/\d|(?:x|twitter)\.com\/\w+\/status\/\d)/;

function image(alt: string, src: string, title: string, context: MarkdownContext): string {
  const words = alt.replace(/\|\d+(?:x\d+)?$/, "").trim() || title.trim() || "Picture";
  const local = context.picture(relativePath(src, context.folder));
  if (local !== null) return `![${words}](${local}${title === "" ? "" : ` "${title}"`})`;
  const file = isPlayableName(src) ? (context.file?.(src) ?? null) : null;
  if (file !== null) return played(words, file);
  if (PAGE_OF_FILM_OR_POST.test(src)) return `\n\n${src}\n\n`;
  context.onRemote();
  const address = context.link(src, true);
  return address === null ? words : `[${words}](${address})`;
}

/** Rewrites a link, whose text may contain pictures. */
function link(inner: string, href: string, title: string, context: MarkdownContext): string {
  const words = inner.includes("![")
    ? inner.replace(new RegExp(IMAGE, "g"), (_whole, alt: string, src: string) =>
        context.picture(relativePath(bare(src), context.folder)) === null
          ? alt || "Picture"
          : `![${alt}](${context.picture(relativePath(bare(src), context.folder)) ?? src})`,
      )
    : inner;
  const address = context.link(href);
  const named = words.trim() === "" && !href.startsWith("#") ? (context.titleOf?.(href) ?? href) : words;
  const shown = named === words ? words : named.replaceAll(/[[\]]/g, "\\$&");
  return address === null ? shown : `[${shown}](${address}${title})`;
}
