import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveAttachment } from "../archive.ts";
import type { LinkedText } from "../file-links.ts";
import { bareText } from "../html/bare-text.ts";
import { markdownToHtml } from "satteri";
import { percentDecoded } from "../../percent-decoded.ts";
import { relativePath, rewriteMarkdown } from "./markdown-body.ts";
import { withMarkedFormulas, withoutFalseFormulas, withValidFormulas } from "./formulas.ts";
import { hasFaults } from "./markdown-faults.ts";
import type { BodyCounts } from "../html/body-context.ts";
import { expandShortcodes } from "../html/shortcodes.ts";
import { bodyToMarkdown, parsedBody, UnreadableBodyError } from "../html/to-markdown.ts";
import type { ImportPlan, PlannedEntry } from "../import-plan.ts";
import type { FoundPicture, PictureLibrary } from "../picture-library.ts";

export interface BodyTools {
  readonly builder: ArchiveBuilder;
  readonly plan: ImportPlan;
  readonly pictures: PictureLibrary;
  readonly attachments: ReadonlyMap<string, ArchiveAttachment>;
  readonly attachmentsByUrl: ReadonlyMap<string, ArchiveAttachment>;
  /** By the addresses of the pages that show them, as {@link pageKey} writes those. */
  readonly attachmentsByPage: ReadonlyMap<string, ArchiveAttachment>;
  /** New places of the old blog's front page and lists, by {@link listKey}. */
  readonly lists: ReadonlyMap<string, string>;
  /** Pictures by the id of the entry that they were uploaded to, in their order. */
  readonly uploads: ReadonlyMap<string, readonly ArchiveAttachment[]>;
}

export interface WrittenBody {
  readonly markdown: string;
  /** Pictures beside the text, by their file names. */
  readonly pictures: ReadonlyMap<string, FoundPicture>;
  readonly counts: BodyCounts;
  /** Losses, each listed once. */
  readonly losses: readonly string[];
  /** What stays in another form, each once. */
  readonly remarks: readonly string[];
  /** How the text was converted: `plain` keeps its words alone. */
  readonly way: "rich" | "plain";
}

/** Signs that no text has, and that feeds can't hold. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/g;

const NO_COUNTS: Readonly<BodyCounts> = {
  links: 0,
  pictures: 0,
  remotePictures: 0,
  embeds: 0,
  undescribed: 0,
};

/** The text of an entry as Markdown. */
export function writeBody({ entry }: PlannedEntry, tools: BodyTools): WrittenBody {
  const { builder, plan } = tools;
  const source = builder.load(entry.body);
  const losses = new Set<string>();
  const remarks = new Set<string>();
  const pictures = new Map<string, FoundPicture>();
  const counts: BodyCounts = { ...NO_COUNTS };
  const attachment = (id: string): ArchiveAttachment | null => tools.attachments.get(id) ?? null;
  const expanded =
    entry.format === "markdown"
      ? source
      : expandShortcodes(withMarkedFormulas(source.replaceAll(CONTROLS, "")), {
          attachment,
          uploaded: (id = entry.id) => tools.uploads.get(id) ?? [],
          onUnknown: (name) => remarks.add(`the shortcode [${name}] is kept as text`),
          onMissing: (id) => losses.add(`picture ${id} of a gallery, which isn't in the export`),
        });
  const places = new Set(
    [...expanded.matchAll(/\s(?:id|name)=["']?([\w:.-]+)/g)].map(([, name]) => name ?? ""),
  );
  const wanted = [...expanded.matchAll(/href=["']?#([\w:.-]+)/g)].map(([, name]) => name ?? "");
  const anchors = new Set(wanted.filter((name) => places.has(name)));
  const linked = new Set(anchors);
  const base = baseOf(entry.addresses[0] ?? "", builder.archive.site.url);
  const context = {
    mask: (text: string) => builder.secrets.mask(text),
    link: (href: string): string | null => {
      counts.links += 1;
      const onGone = (address: string): void => {
        losses.add(`the link to ${address}, which isn't in the export`);
      };
      return newAddress(href, { plan, anchors: linked, base, lists: tools.lists, onGone });
    },
    picture: (src: string): string | null => {
      const found = tools.pictures.find(src, base);
      if (found === null) return null;
      pictures.set(found.name, found);
      return `./${found.name}`;
    },
    pictureOf: (href: string): string => {
      const address = URL.parse(href, base ?? undefined)?.href ?? href;
      // TypePad's window for one picture.
      const [, host, path] = /^(https?:\/\/[^/]+)\/\.shared\/image\.html\?(\/.+)$/.exec(address) ?? [];
      if (host !== undefined && path !== undefined) return host + path;
      return tools.attachmentsByPage.get(pageKey(address))?.url ?? href;
    },
    pictureWords: (src: string): string | null => {
      const known = tools.attachmentsByUrl.get(withoutSize(src));
      return known === undefined ? null : known.alt || known.caption || null;
    },
    anchors,
    anchorName,
    lose: (what: string) => losses.add(what),
    counts,
  };
  const textAt = (href: string): LinkedText | null =>
    /^[a-z][\w+.-]*:/i.test(href) || !/\.(?:md|mdx|markdown)(?:[?#].*)?$/i.test(href)
      ? null
      : plan.findText(href, entry.folder);
  const link = (href: string): string | null => {
    const text = textAt(href);
    if (text === null) return context.link(href);
    counts.links += 1;
    return text.isListed ? text.path : null;
  };
  let html = expanded;
  if (entry.format === "markdown") {
    const rewritten = rewriteMarkdown(source, {
      ...context,
      link,
      page: (name) => {
        const text = plan.findText(name, entry.folder);
        return text?.isListed === true ? text.path : null;
      },
      titleOf: (href) => textAt(href)?.title ?? null,
      remark: (what) => remarks.add(what),
      folder: entry.folder,
      onRemote: () => {
        counts.remotePictures += 1;
      },
    });
    const markdown = withValidFormulas(rewritten, (tex) => {
      remarks.add(
        `the formula ${tex.length > 60 ? `${tex.slice(0, 59)}…` : tex} isn't valid TeX, so it's code`,
      );
    });
    if (!hasFaults(markdown))
      return { markdown, pictures, counts, losses: [...losses], remarks: [...remarks], way: "rich" };
    remarks.clear();
    remarks.add("it has unbalanced HTML tags, so it was converted through HTML");
    html = markdownToHtml(source, { features: { frontmatter: false } }).html;
    Object.assign(counts, NO_COUNTS);
  }
  const isMarkdown = entry.format === "markdown";
  const picture = (src: string): string | null => context.picture(relativePath(src, entry.folder));
  try {
    const markdown = withoutFalseFormulas(
      bodyToMarkdown(html, entry.format === "text", isMarkdown ? { ...context, link, picture } : context),
    );
    return { markdown, pictures, counts, losses: [...losses], remarks: [...remarks], way: "rich" };
  } catch (error) {
    if (!(error instanceof UnreadableBodyError || error instanceof RangeError)) throw error;
    losses.add("all markup, which no parser can read");
    return {
      markdown: plainMarkdown(html),
      pictures,
      counts,
      losses: [...losses],
      remarks: [...remarks],
      way: "plain",
    };
  }
}

/** The old address of a text, whole; that of the blog when it has none. */
function baseOf(address: string, siteUrl: string | null): string | null {
  return URL.parse(address, siteUrl ?? undefined)?.href ?? siteUrl;
}

interface LinkPlace {
  readonly plan: ImportPlan;
  /** Names of places in the same text. */
  readonly anchors: ReadonlySet<string>;
  /** Old address of the text, from which relative ones start. */
  readonly base: string | null;
  readonly lists: BodyTools["lists"];
  /** Called for an address of the old blog that leads nowhere now. */
  readonly onGone: (address: string) => void;
}

/** Links to the old blog lead to the new one; those that run something, mail, and those to nowhere are none. */
function newAddress(href: string, { plan, anchors, base, lists, onGone }: LinkPlace): string | null {
  const address = href.trim().replace(/\s+/g, "%20");
  if (address.startsWith("#"))
    return anchors.has(address.slice(1)) ? `#${anchorName(address.slice(1))}` : null;
  const isRelative = !/^[a-z][\w+.-]*:/i.test(address);
  // Ghost's export doesn't say where the blog was.
  const place = base === null && isRelative ? plan.addresses.find(address) : null;
  if (place !== null) return placeIn(place, plan);
  const url = URL.parse(address, isRelative ? (base ?? undefined) : undefined);
  if (url === null || !/^(?:https?|ftp|tel|magnet|geo|irc|xmpp):$/.test(url.protocol)) return null;
  const own = plan.addresses.find(url.href);
  if (own !== null) return placeIn(own, plan);
  const list =
    plan.addresses.isOwn(url.href) && url.search === "" ? lists.get(listKey(url.pathname)) : undefined;
  if (list !== undefined) return list;
  // What the old blog had at the address of the new one, and isn't in the export, is gone.
  if (url.host === new URL(plan.siteUrl).host) {
    onGone(url.href);
    return null;
  }
  return isRelative ? url.href : address;
}

/** A path of the new blog, with its fragment when something there has it; null for what readers can't see. */
function placeIn(address: string, { unpublished, anchors }: ImportPlan): string | null {
  const path = address.replace(/#.*$/s, "");
  if (unpublished.has(path)) return null;
  return anchors.has(address) ? address : path;
}

function anchorName(name: string): string {
  return `at-${name.replaceAll(/[^\w-]/g, "-")}`;
}

/** The path of a list as it's compared with others. */
export function listKey(path: string): string {
  return percentDecoded(path).toLowerCase().replace(/\/$/, "");
}

/** An address as it's compared with those of the pages of attachments. */
export function pageKey(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const id = url.searchParams.get("attachment_id");
  const host = url.host.replace(/^www\./, "");
  return id === null ? host + url.pathname.replace(/\/$/, "") + url.search : `${host}?attachment_id=${id}`;
}

/** The page of an attachment has an address with a name, and one with its number. */
export function pageKeys({ page = "", id }: ArchiveAttachment): string[] {
  const url = URL.parse(page);
  return url === null ? [] : [pageKey(page), pageKey(`${url.origin}/?attachment_id=${id}`)];
}

/** The address of the original, for a smaller copy of it. */
export function withoutSize(address: string): string {
  return address.replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/, "").replace(/\?.*$/, "");
}

/** Words alone, by a parser that can't be overwhelmed. */
function plainMarkdown(html: string): string {
  const words = html
    .replaceAll(/<(?:\/?(?:p|div|br|li|h[1-6]|tr|blockquote)\b)[^<>]*>/gi, "\n\n")
    .replaceAll(/<[^<>]*>/g, "")
    .replaceAll(/\n\s*\n/g, "\n\n");
  const text = words.split("\n\n").map((part) => bareText(parsedBody(part.slice(0, 100_000))).trim());
  return `${text
    .filter((part) => part !== "")
    .map(escaped)
    .join("\n\n")}\n`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|$^~=:&-]/g, "\\$&");
}
