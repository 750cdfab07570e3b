import type { ArchiveBuilder } from "../archive-builder.ts";
import type { ArchiveAttachment } from "../archive.ts";
import type { LinkedText } from "../file-links.ts";
import { isPictureName } from "../../images/image-metadata.ts";
import { bareText } from "../html/bare-text.ts";
import { markdownToHtml } from "satteri";
import { percentDecoded } from "../../percent-decoded.ts";
import { relativePath, rewriteMarkdown } from "./markdown-body.ts";
import { withMarkedFormulas, withoutFalseFormulas, withValidFormulas } from "./formulas.ts";
import { hasFaults } from "./markdown-faults.ts";
import type { BodyCounts } from "../html/body-context.ts";
import { expandShortcodes } from "../html/shortcodes.ts";
import { isPictureAddress } from "../html/pictures.ts";
import { bodyToMarkdown, parsedBody, UnreadableBodyError } from "../html/to-markdown.ts";
import type { ImportPlan, PlannedEntry } from "../import-plan.ts";
import type { FoundPicture, PictureLibrary } from "../picture-library.ts";
import { tagSlug } from "../../site/slug.ts";
import { baseOf, markName } from "./link-places.ts";
import type { LinkPlaces } from "./link-places.ts";

export interface BodyTools {
  readonly builder: ArchiveBuilder;
  readonly plan: ImportPlan;
  readonly pictures: PictureLibrary;
  readonly attachments: ReadonlyMap<string, ArchiveAttachment>;
  readonly attachmentsByUrl: ReadonlyMap<string, ArchiveAttachment>;
  /** Attachments by the {@link pageKey} of their attachment pages. */
  readonly attachmentsByPage: ReadonlyMap<string, ArchiveAttachment>;
  /** New paths of the old blog's front page and lists, by {@link listKey}. */
  readonly lists: ReadonlyMap<string, string>;
  /** Pictures by the id of the entry that they were uploaded to, in order. */
  readonly uploads: ReadonlyMap<string, readonly ArchiveAttachment[]>;
  readonly places: LinkPlaces;
}

export interface WrittenBody {
  readonly markdown: string;
  /** Pictures next to the text, by file name. */
  readonly pictures: ReadonlyMap<string, FoundPicture>;
  readonly counts: BodyCounts;
  /** Unique descriptions of lost parts. */
  readonly losses: readonly string[];
  /** Unique descriptions of parts kept in another form. */
  readonly remarks: readonly string[];
  /** How the text was converted: `plain` keeps only its words. */
  readonly way: "rich" | "plain";
}

/** Control characters, which aren't allowed in feeds. */
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
export function writeBody({ entry, path: ownPath }: PlannedEntry, tools: BodyTools): WrittenBody {
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
  const base = baseOf(entry.addresses[0] ?? "", builder.archive.site.url);
  const place: PlaceFinder = (path, fragment) => {
    if (fragment === "") return null;
    const id = tools.places.find(path, fragment);
    if (id === null) remarks.add(`there is no place #${fragment} at ${path}, to which a link leads`);
    return id;
  };
  /** New fragment for a link within the text, since heading ids change. */
  const ownPlace = (href: string): string | null => {
    const fragment = href.trim().slice(1);
    if (fragment === "top" || plan.anchors.has(`${ownPath}#${fragment}`)) return `#${fragment}`;
    const id = place(ownPath, fragment);
    return id === null ? null : `#${id}`;
  };
  const context = {
    mask: (text: string) => builder.secrets.mask(text),
    link: (href: string): string | null => {
      counts.links += 1;
      const onGone = (address: string, why = "which isn't in the export"): void => {
        losses.add(
          isPictureAddress(address)
            ? `the picture ${shortened(address)}, whose file is missing (--images)`
            : `the link to ${shortened(address)}, ${why}`,
        );
      };
      if (href.trim().startsWith("#")) return ownPlace(href);
      return newAddress(href, { plan, base, place, lists: tools.lists, onGone });
    },
    picture: (src: string): string | null => {
      const found = tools.pictures.find(src, base);
      if (found === null) return null;
      pictures.set(found.name, found);
      return `./${found.name}`;
    },
    pictureOf: (href: string): string => {
      const address = URL.parse(href, base ?? undefined)?.href ?? href;
      // TypePad's pop-up page for a picture.
      const [, host, path] = /^(https?:\/\/[^/]+)\/\.shared\/image\.html\?(\/.+)$/.exec(address) ?? [];
      if (host !== undefined && path !== undefined) return host + path;
      return tools.attachmentsByPage.get(pageKey(address))?.url ?? href;
    },
    pictureWords: (src: string): string | null => {
      const known = tools.attachmentsByUrl.get(withoutSize(src));
      return known === undefined ? null : known.alt || known.caption || null;
    },
    anchors: tools.places.marks(ownPath),
    anchorName: markName,
    lose: (what: string) => losses.add(what),
    counts,
  };
  const textAt = (href: string): LinkedText | null =>
    /^[a-z][\w+.-]*:/i.test(href) || !/\.(?:md|mdx|markdown)(?:[?#].*)?$/i.test(href)
      ? null
      : plan.findText(href, entry.folder);
  const file = (src: string): string | null => {
    const isOwn = !/^(?:[a-z][\w+.-]*:|\/\/)/i.test(src) || plan.addresses.isOwn(src);
    const address = relativePath(src, entry.folder);
    const found = isOwn ? tools.pictures.findFile(address, base) : null;
    if (found === null) return null;
    pictures.set(found.name, found);
    return `./${found.name}`;
  };
  const linkedPicture = (href: string): string | null =>
    isPictureName(href) && !/^[a-z][\w+.-]*:/i.test(href)
      ? context.picture(relativePath(href, entry.folder))
      : null;
  const link = (href: string, isPicture = false): string | null => {
    if (href.trim().startsWith("#")) return context.link(href);
    const besides = file(href) ?? linkedPicture(href);
    const text = besides === null ? textAt(href) : null;
    const listed = losses.size;
    if (besides !== null || text !== null) counts.links += 1;
    const address =
      besides ??
      (text === null
        ? context.link(href)
        : text.isListed
          ? placeIn(text.path + fragmentOf(href), plan, place)
          : null);
    if (isPicture && !/^(?:https?:)?\/\//.test(href)) remarks.add(`the picture ${href} isn't there`);
    else if (address === null && losses.size === listed && /^(?:https?:|[^:]*$)/i.test(href.trim()))
      remarks.add(`the link to ${href} leads to nothing that readers see, so only its words stay`);
    return address;
  };
  let html = expanded;
  if (entry.format === "markdown") {
    const rewritten = rewriteMarkdown(source, {
      ...context,
      file,
      link,
      page: (name, part) => {
        const text = plan.findText(name, entry.folder);
        return text?.isListed === true ? placeIn(text.path + part, plan, place) : null;
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
  /** Whether it's a file in a project folder, with relative links and pictures. */
  const isFile = entry.format === "markdown" || /\.html?$/.test(entry.id);
  const picture = (src: string): string | null => context.picture(relativePath(src, entry.folder));
  try {
    const markdown = withoutFalseFormulas(
      bodyToMarkdown(html, entry.format === "text", isFile ? { ...context, link, picture } : context),
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

/** Finds the id for a fragment of the old blog in the text at a site path; null if there is none. */
type PlaceFinder = (path: string, fragment: string) => string | null;

interface LinkPlace {
  readonly place: PlaceFinder;
  readonly plan: ImportPlan;
  /** Old address of the text, the base for relative links. */
  readonly base: string | null;
  readonly lists: BodyTools["lists"];
  /** Called for an address without a target; by default because it's missing from the export. */
  readonly onGone: (address: string, why?: string) => void;
}

/** Maps links to the old blog to the new one; null for scripts, e-mail addresses and links without a target. */
function newAddress(href: string, { plan, base, place, lists, onGone }: LinkPlace): string | null {
  const address = href.trim().replace(/\s+/g, "%20");
  const isRelative = !/^[a-z][\w+.-]*:/i.test(address);
  // Ghost's export doesn't contain the blog's address.
  const known = base === null && isRelative ? plan.addresses.find(address) : null;
  if (known !== null) return placeIn(known, plan, place);
  const url = URL.parse(address, isRelative ? (base ?? undefined) : undefined);
  if (url === null && isRelative && address !== "") onGone(address);
  else if (!isKept(url) && !NO_LINK.test(address)) onGone(address, "which isn't an address on the web");
  if (url === null || !isKept(url)) return null;
  const own = plan.addresses.find(url.href);
  if (own !== null) return placeIn(own, plan, place);
  const isOwn = plan.addresses.isOwn(url.href) && url.search === "";
  const list =
    (isOwn ? lists.get(listKey(url.pathname)) : null) ?? (isRelative ? listAt(url.pathname, plan) : null);
  if (list !== null) return list;
  // A page on the same host that isn't in the export no longer exists.
  if (url.host === new URL(plan.siteUrl).host) {
    onGone(url.href);
    return null;
  }
  return isRelative ? url.href : address;
}

function isKept(url: URL | null): boolean {
  return url !== null && /^(?:https?|ftp|tel|magnet|geo|irc|xmpp):$/.test(url.protocol);
}

/** Addresses that never linked to a page: scripts, data, and e-mail, which isn't written. */
const NO_LINK = /^(?:$|javascript:|vbscript:|data:|about:|mailto:)/i;

function shortened(address: string): string {
  return address.length > 200 ? `${address.slice(0, 199)}…` : address;
}

/** The new path for common lists of the old blog, such as tags; null for other paths. */
function listAt(path: string, { entries }: ImportPlan): string | null {
  if (path === "/" || /^\/(?:posts|tags)\/$/.test(path)) return path;
  const term = /^\/(?:tags?|categor(?:y|ies))\/([^/]+)\/?$/.exec(percentDecoded(path))?.[1];
  if (term === undefined) return null;
  const isThere = entries.some(
    ({ entry, isListed }) =>
      isListed && entry.kind !== "page" && entry.tags.some((tag) => tagSlug(tag) === tagSlug(term)),
  );
  return isThere ? `/tags/${tagSlug(term)}/` : null;
}

/** A path of the new blog, with its fragment if it has a target there; null for unpublished texts. */
function placeIn(address: string, { unpublished, anchors }: ImportPlan, place: PlaceFinder): string | null {
  const fragment = fragmentOf(address);
  const path = address.slice(0, address.length - fragment.length);
  if (unpublished.has(path)) return null;
  if (anchors.has(address)) return address;
  const id = place(path, fragment.slice(1));
  return id === null ? path : `${path}#${id}`;
}

/** The fragment with its `#`; empty if there is none. */
function fragmentOf(address: string): string {
  return /#.*$/s.exec(address)?.[0] ?? "";
}

/** A list's path for comparison: decoded, lower case, without a trailing slash. */
export function listKey(path: string): string {
  return percentDecoded(path).toLowerCase().replace(/\/$/, "");
}

/** An address for comparison with those of attachment pages. */
export function pageKey(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const id = url.searchParams.get("attachment_id");
  const host = url.host.replace(/^www\./, "");
  return id === null ? host + url.pathname.replace(/\/$/, "") + url.search : `${host}?attachment_id=${id}`;
}

/** Keys of an attachment page, which has an address with a name and one with an id. */
export function pageKeys({ page = "", id }: ArchiveAttachment): string[] {
  const url = URL.parse(page);
  return url === null ? [] : [pageKey(page), pageKey(`${url.origin}/?attachment_id=${id}`)];
}

/** The address of the original, for a smaller copy of it. */
export function withoutSize(address: string): string {
  return address.replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/, "").replace(/\?.*$/, "");
}

/** Extracts only the words, in pieces small enough for any parser. */
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
