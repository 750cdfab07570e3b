import { existsSync } from "node:fs";
import path from "node:path";
import Slugger from "github-slugger";
import type { Nodes } from "hast";
import { isMediaName, isPictureName } from "../images/image-metadata.ts";
import { mediaPath } from "../images/image-variants.ts";
import { fullPictureUrl } from "../images/picture-element.ts";
import { percentDecoded } from "../percent-decoded.ts";
import { withoutBlogMark } from "../site/blog-mark.ts";
import type { BodyContext } from "./body-context.ts";
import { remark, report } from "./body-context.ts";
import { wikiTargetOf } from "./dialect/wiki-links.ts";
import type { WikiTarget } from "./dialect/wiki-links.ts";
import { fileOf, findMedia, findPicture, isAttachment, wikiFile } from "./local-image-path.ts";
import { linkTextOf } from "./link-text.ts";
import { isTextName, textFileAt, textFileNamed, usualAddress } from "./text-files.ts";

/** The resolved form of an address that isn't a plain page address. */
export type ResolvedLink =
  /** The address of a page, root-relative or absolute. */
  | { readonly kind: "page"; readonly url: string }
  /** The address of a published file, including the base path. */
  | { readonly kind: "file"; readonly url: string }
  /** An error that has already been reported. */
  | { readonly kind: "reported" };

/**
 * Resolves link targets that other programs support: names of notes, files of texts, attachments, addresses without
 * `https://` or the first `/`. Null for an address that needs no change.
 */
export function resolveLink(written: string, at: Nodes | number, context: BodyContext): ResolvedLink | null {
  const wiki = wikiTargetOf(written);
  if (wiki !== null) return resolveWiki(wiki, at, context);
  const url = withoutBlogMark(written.trim());
  if (url !== written.trim()) return { kind: "page", url };
  const settled = withScheme(url);
  if (settled !== url) return { kind: "page", url: settled };
  if (url === "" || /^(?:#|\/\/|[a-z][a-z0-9+.-]*:)/i.test(url)) return null;
  if (isTextName(url)) return resolveText(url, at, context);
  if (url.startsWith("/")) return null;
  const file = fileOf(url, context.source);
  if (file === null) return null;
  const exists = existsSync(path.join(context.source.root, file));
  if (/^www\.[\w-]+\.\w/i.test(url)) return { kind: "page", url: `https://${url}` };
  if (!exists && HOST.test(url)) return { kind: "page", url: `https://${url}` };
  if (isPictureName(file)) return pictureAt(url, at, context);
  if (isAttachment(file, context.source.root)) return mediaAt(url, at, context);
  if (exists && /\.x?html?$/i.test(file)) return htmlBeside(url, at, context);
  if (ROUTES.test(url)) return { kind: "page", url: `/${url}` };
  const text = textFileAt(url, context.source) ?? textAtPage(url, context);
  return text === null ? null : pageOf(text, url, context);
}

/** The text that a page-relative address refers to: `../other-post/#part`. Null unless there is exactly one match. */
function textAtPage(url: string, context: BodyContext): string | null {
  const [, name] = /^(?:\.{0,2}\/)*(?:[^/?#]+\/)*([^/?#.]+)\/?(?:[?#]|$)/.exec(url) ?? [];
  const files = name === undefined ? [] : filesNamed(percentDecoded(name), context);
  return files.length === 1 ? (files[0] ?? null) : null;
}

/** The only text whose path ends like a link's, which may start at a folder of an old project: `/blog/firstpost.md`. */
function textAtPath(url: string, context: BodyContext): string | null {
  const path = percentDecoded(url.replace(/[?#].*$/s, "").replace(/^(?:@?\.{0,2}\/)+/, ""));
  const name = path.replace(/(?:\/index)?\.\w+$/, "");
  const files = name.includes("/") ? filesNamed(name, context) : [];
  return files.length === 1 ? (files[0] ?? null) : null;
}

/** Corrects a mistyped `https://` and adds a missing `mailto:`; returns any other address unchanged. */
function withScheme(url: string): string {
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(url)) return `mailto:${url}`;
  const [, twice] = /^https?:\/+(https?:\/\/.+)$/i.exec(url) ?? [];
  if (twice !== undefined) return twice;
  const [, secure, rest] =
    /^h{0,2}t{1,3}p{1,2}(s{0,2})(?:[:;]\/*|\/\/)([\w-]+(?:\.[\w-]+)+(?:[/:?#].*)?)$/i.exec(url) ?? [];
  if (rest === undefined || /^https?:\/\//i.test(url)) return url;
  return `http${secure === "" ? "" : "s"}://${rest}`;
}

const HOST =
  /^[a-z0-9][\w-]*(?:\.[\w-]+)*\.(?:com|org|net|io|de|at|ch|fr|nl|eu|uk|us|ca|jp|cn|dev|app|blog|social|edu|gov|info|me|tv)(?=[/?#:]|$)/i;
const ROUTES = /^(?:posts|notes|tags|authors|series|archive|search)(?:\/|$)/;

function pictureAt(url: string, at: Nodes | number, context: BodyContext): ResolvedLink {
  const facts = findPicture(url, at, context);
  if (facts === null) return { kind: "reported" };
  return { kind: "file", url: fullPictureUrl(facts, context.source.base) };
}

function mediaAt(url: string, at: Nodes | number, context: BodyContext): ResolvedLink {
  const facts = findMedia(url, at, context, "file");
  if (facts === null) return { kind: "reported" };
  return { kind: "file", url: context.source.base + mediaPath(facts).slice(1) };
}

function htmlBeside(url: string, at: Nodes | number, context: BodyContext): ResolvedLink {
  const name = path.posix.basename(url.replace(/[?#].*$/s, ""));
  const message = `${url} is an HTML page, which isn't published from the folder of a text`;
  report(context, at, message, `Move it to public/${name} and write:\n[${linkTextOf(at)}](/${name})`);
  return { kind: "reported" };
}

function resolveText(url: string, at: Nodes | number, context: BodyContext): ResolvedLink | null {
  const file = textFileAt(url, context.source) ?? textAtPath(url, context);
  if (file !== null) return pageOf(file, url, context);
  report(
    context,
    at,
    `The text ${url} isn't there`,
    `Link to the file of a post, or to its page:\n[${linkTextOf(at)}](${usualAddress(`content/posts/${path.posix.normalize(url.replace(/[?#].*$/s, "")).replace(/^(?:\.*\/)+/, "")}`) ?? "/posts/"})`,
  );
  return { kind: "reported" };
}

function pageOf(file: string, written: string, context: BodyContext): ResolvedLink | null {
  const address = context.options.texts?.addressOf(file) ?? usualAddress(file);
  if (address === null) return null;
  context.found.texts.set(file, address);
  return { kind: "page", url: address + (/[?#].*$/s.exec(written)?.[0] ?? "") };
}

function resolveWiki(target: WikiTarget, at: Nodes | number, context: BodyContext): ResolvedLink {
  const anchor = anchorOf(target);
  if (target.name === "") return { kind: "page", url: anchor === "" ? "#" : anchor };
  if (isMediaName(target.name) || isPictureName(target.name)) {
    const file = wikiFile(target.name, context.source);
    return isMediaName(file) ? mediaAt(file, at, context) : pictureAt(file, at, context);
  }
  const files = filesNamed(target.name, context);
  if (files.length > 1) return severalNamed(target, files, at, context);
  const file = files[0] ?? null;
  const page = file === null ? null : pageOf(file, anchor, context);
  if (page !== null) {
    if (target.isEmbed)
      remark(
        context,
        at,
        `![[${writtenOf(target)}]] is shown as a link`,
        `A text can't include another text. Link to it:\n[[${writtenOf(target)}]]`,
      );
    return page;
  }
  const near = context.options.texts?.nameLike(target.name) ?? null;
  report(
    context,
    at,
    `No post, note or page is named ${target.name}`,
    near === null
      ? `Name the file of a post, note or page without its ending, or write the link out:\n[${linkTextOf(at)}](/posts/name/)`
      : `Did you mean ${near}?\n[[${near}|${linkTextOf(at)}]]`,
  );
  return { kind: "reported" };
}

/** Texts that a wikilink may refer to: the nearest one, or else all with that name in any folder. */
function filesNamed(written: string, { source, options, found }: BodyContext): readonly string[] {
  const name = written.replace(/\.(?:mdx?|markdown)$/i, "");
  const all = options.texts?.filesNamed(name) ?? [];
  found.names.set(name, all);
  const near = textFileNamed(written, source);
  return near === null ? all : [near];
}

function writtenOf({ name, heading }: WikiTarget): string {
  return heading === null ? name : `${name}#${heading}`;
}

function severalNamed(
  { name }: WikiTarget,
  files: readonly string[],
  at: Nodes | number,
  context: BodyContext,
): ResolvedLink {
  const [first = ""] = files.map((file) =>
    file.replace(/^.*?(?=(?:posts|notes|pages)\/)|(?:\/index)?\.\w+$/g, ""),
  );
  const message = `Several texts are named ${name}: ${files.join(", ")}`;
  report(context, at, message, `Add the folder:\n[[${first}]]`);
  return { kind: "reported" };
}

function anchorOf({ heading }: WikiTarget): string {
  if (heading === null || heading.startsWith("^")) return "";
  const last = heading.split("#").at(-1) ?? heading;
  return `#${new Slugger().slug(last.normalize("NFC"))}`;
}
