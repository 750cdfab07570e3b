/** Markdown of other generators: pictures and links at their new places, frames as links. The text itself stays. */
import path from "node:path";
import { FENCED } from "../fenced-code.ts";
import { isPlayableName, isSoundName } from "../../images/image-metadata.ts";
import { isHtmlName } from "../html/elements.ts";

export interface MarkdownContext {
  /** New address for a link, or for one to a picture that isn't at hand; null for one that leads nowhere any more. */
  readonly link: (href: string, isPicture?: boolean) => string | null;
  /** Path of a picture beside the post; null when it isn't at hand. */
  readonly picture: (src: string) => string | null;
  /** Path of a film, sound, paper or archive beside the post; null when it isn't at hand. */
  readonly file?: (src: string) => string | null;
  /** Counts a picture that became a link. */
  readonly onRemote: () => void;
  readonly lose: (what: string) => void;
  /**
   * Site path of a text by its name, with the place that a part (`#Heading`) names; null when there's none that readers see.
   * Without it, wiki links stay as they are.
   */
  readonly page?: (name: string, part: string) => string | null;
  /** Title of a text of the source; null for other addresses. */
  readonly titleOf?: (href: string) => string | null;
  /** Reports what stays as text. */
  readonly remark: (what: string) => void;
  /** Folder of the text in its source. */
  readonly folder: string;
}

const FENCE = new RegExp(FENCED, "gm");
/** An address; in angle brackets it may have spaces. */
const ADDRESS = String.raw`<[^<>\n]+>|(?:[^\s()<>]|\([^\s()<>]*\))+`;
const IMAGE = String.raw`!\[([^\]\n]*)\]\(\s*(${ADDRESS})(?:\s+(?:"([^"\n]*)"|'[^'\n]*'))?\s*\)`;
const LINK = String.raw`(?<!\\)\[((?:[^[\]\n\\]|\n(?![ \t]*\n)|\\.|!\[[^\]\n]*\]\([^)\n]*\))*)\]\(\s*(${ADDRESS})((?:\s+(?:"[^"\n]*"|'[^'\n]*'))?)\s*\)`;
const WIKI = String.raw`(!?)\[\[([^[\]|#\n]{0,300})(#[^[\]|\n]{0,300})?(?:\|([^[\]\n]{0,300}))?\]\](?!\()`;
const COMPONENT = String.raw`(?<!\\)<(\/?[A-Za-z][\w.]*)(?=[\s/>])`;
/** Code in a line, a picture, a link or a component: whichever begins first. */
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

/** The text with changes in its words; code in lines and indented code stay as they are. */
function withoutCode(text: string, change: (words: string) => string): string {
  const held: string[] = [];
  const hold = (code: string): string => `\uE000${held.push(code) - 1}\uE001`;
  const words = holdIndented(text.replaceAll(/[\uE000\uE001]/g, ""), hold).replace(
    /(?<![`\\])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g,
    hold,
  );
  return change(words).replace(/\uE000(\d+)\uE001/g, (_mark, at: string) => restored(held, at));
}

/** Code in a line may stand within indented code. */
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
          // A part of the same text.
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

/** Texts between fenced code. */
function proseOf(text: string): string[] {
  return text.replace(FENCE, "\0").split("\0");
}

/** `![words][name]` with the address of the name. */
function withInlinePictures(text: string): string {
  const addresses = new Map(
    [...text.matchAll(DEFINITION)].map(([, name = "", href = ""]) => [name.toLowerCase(), href]),
  );
  return text.replace(/!\[([^\]\n]*)\]\[([^\]\n]*)\]/g, (whole: string, alt: string, name: string) => {
    const href = addresses.get((name || alt).toLowerCase());
    return href === undefined ? whole : `![${alt}](${href})`;
  });
}

/** The path of a picture from the root of the source; addresses stay. */
export function relativePath(src: string, folder: string): string {
  return /^[a-z]+:|^\//i.test(src) ? src : path.posix.join("/", folder, src);
}

/** A film or sound as a line with its address, or the file that is at hand. */
function mediaTag(tag: string, context: MarkdownContext): string {
  const src = /\bsrc=["']([^"']+)["']/i.exec(tag)?.[1] ?? "";
  const file = src === "" ? null : (context.file?.(src) ?? null);
  if (file !== null) return `\n\n${played(src.replace(/^.*\//, ""), file)}\n\n`;
  const address = src === "" ? null : context.link(src);
  if (address === null) context.lose(tag.slice(0, tag.indexOf(">") + 1));
  return address === null ? "" : `\n\n<${address}>\n\n`;
}

/** A link to a sound is a player when it's alone; a film is shown as pictures are, in a paragraph of its own. */
function played(words: string, file: string): string {
  return isPlayableName(file) && !isSoundName(file) ? `\n\n![${words}](${file})\n\n` : `[${words}](${file})`;
}

function bare(address: string): string {
  return address.startsWith("<") ? address.slice(1, -1) : address;
}

type WikiContext = Pick<MarkdownContext, "picture" | "file" | "lose" | "remark"> &
  Required<Pick<MarkdownContext, "page">>;

/** `[[a text|words]]` and `![[a picture.png]]`, which name files wherever they lie. */
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

/** A component of a generator's own stays as text, so that nothing is lost. */
function component(tag: string, name: string, { remark }: MarkdownContext): string {
  if (isHtmlName(name.replace(/^\//, ""))) return tag;
  remark(`the component <${name.replace(/^\//, "")}> is kept as text`);
  // Within a block of HTML, a backslash is one.
  return tag.replace("<", "&lt;");
}

/** A picture that is a paragraph of its own is one of Markdown; within HTML, Markdown would be text. */
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

/** The words of a file's name. */
function described(file: string): string {
  return file.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
}

/** Obsidian shows them by the syntax of pictures. */
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

/** Words may hold a picture. */
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
