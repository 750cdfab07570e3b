/** Converts WordPress shortcodes to HTML. Shortcodes of unknown plug-ins stay in the text. */
import { escapeHtml } from "../../escape.ts";

/** A picture of the export. */
export interface ShortcodePicture {
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
}

export interface ShortcodeContext {
  /** The attachment with an id; null if the export lacks it. */
  readonly attachment: (id: string) => ShortcodePicture | null;
  /** Pictures uploaded to an entry, in order; the default is the text's own entry. */
  readonly uploaded: (entry?: string) => readonly (ShortcodePicture & { readonly id: string })[];
  /** Called for each unknown shortcode. */
  readonly onUnknown: (name: string) => void;
  /** Called for each attachment of a gallery that the export lacks. */
  readonly onMissing: (id: string) => void;
}

const SHORTCODE =
  /\[(\[?)([a-z][\w-]*)((?:[\s=](?:[^\]"'[]|"[^"]*"|'[^']*')*)?)(\/?)\](?:([\s\S]*?)\[\/\2\])?(\]?)/gi;
const ATTRIBUTE = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|(\S+)/g;
const KNOWN = new Set(
  (
    "caption wp_caption gallery playlist embed youtube vimeo audio video code sourcecode sourcecode-block cc highlight php html css js " +
    "tweet instagram facebook pinterest tiktok spotify flickr " +
    "javascript java python ruby bash sql xml text plain csharp cpp googlemaps gist dailymotion soundcloud"
  ).split(" "),
);
/** Shortcodes of plug-ins that produce content only when a page is displayed. */
const UNKNOWN =
  /^(?:contact-form.*|contact-field|wpforms|recent_posts|archives|polldaddy|poll|table|ngg\w*|nggallery|slideshow|wp-\w+|jetpack\w*|subscribe\w*|product\w*|wpdatatable|tweet|latest\w*|portfolio|display-posts|et_pb_\w+|vc_\w+|fusion_\w+|av_\w+|su_\w+)$/i;

/** Replaces the shortcodes in a text; those in `[[double brackets]]` lose one pair. */
export function expandShortcodes(html: string, context: ShortcodeContext): string {
  if (!/\[[a-z]/i.test(html)) return html;
  return html.replace(
    SHORTCODE,
    (
      whole: string,
      bracket: string,
      name: string,
      rest: string,
      _slash: string,
      inner: string | undefined,
      end = "",
    ) => {
      const lower = name.toLowerCase();
      const isKnown = KNOWN.has(lower);
      const isCode = isKnown || inner !== undefined || UNKNOWN.test(lower);
      if (bracket !== "" && end !== "") return isCode ? whole.slice(1, -1) : whole;
      const attributes = attributesOf(rest);
      const html = isKnown ? expanded(lower, attributes, inner ?? "", context) : null;
      if (html !== null) return bracket + html + end;
      if (isCode || /\w\s*=\s*["']/.test(rest)) context.onUnknown(lower);
      if (inner === undefined) return whole;
      const closing = `[/${name}]${end}`;
      const opening = whole.slice(0, whole.length - inner.length - closing.length);
      return opening + expandShortcodes(inner, context) + closing;
    },
  );
}

type Attributes = ReadonlyMap<string, string>;

function attributesOf(rest: string): Attributes {
  const attributes = new Map<string, string>();
  let position = 0;
  for (const [, name, a, b, c, d, e, f] of rest.matchAll(ATTRIBUTE)) {
    if (name !== undefined) attributes.set(name.toLowerCase(), a ?? b ?? c ?? "");
    else attributes.set(String(position++), d ?? e ?? f ?? "");
  }
  return attributes;
}

function expanded(
  name: string,
  attributes: Attributes,
  inner: string,
  context: ShortcodeContext,
): string | null {
  switch (name) {
    case "caption":
    case "wp_caption":
      return captioned(attributes, inner);
    case "gallery":
      return gallery(attributes, context);
    case "playlist":
      return playlist(attributes, context);
    case "embed":
      return embedded(inner.trim() || (attributes.get("src") ?? attributes.get("0") ?? ""));
    case "youtube":
    case "vimeo":
    case "dailymotion":
    case "soundcloud":
    case "googlemaps":
    case "gist":
    case "tweet":
    case "instagram":
    case "facebook":
    case "pinterest":
    case "tiktok":
    case "spotify":
    case "flickr":
      return embedded(filmAddress(name, attributes, inner));
    case "audio":
    case "video": {
      const file = ["src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "0"].find((key) =>
        attributes.has(key),
      );
      return embedded((file === undefined ? inner : attributes.get(file))?.trim() ?? "");
    }
    default:
      return inner === "" ? null : code(name, attributes, inner);
  }
}

function captioned(attributes: Attributes, inner: string): string {
  const [, picture = inner, words = ""] =
    /^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(inner) ?? [];
  const caption = attributes.get("caption") ?? words.trim();
  return `\n\n<figure>${picture}${caption === "" ? "" : `<figcaption>${caption}</figcaption>`}</figure>\n\n`;
}

/** Without ids, a gallery shows the pictures uploaded to the entry. */
function gallery(attributes: Attributes, context: ShortcodeContext): string | null {
  const { attachment, uploaded, onMissing } = context;
  const named = (name: string): string[] =>
    (attributes.get(name) ?? "").split(/[\s,]+/).filter((id) => id !== "");
  const ids = attributes.has("ids") ? named("ids") : named("include");
  const excluded = named("exclude");
  const pictures =
    ids.length === 0
      ? uploaded(attributes.get("id")).filter(({ id }) => !excluded.includes(id))
      : ids.flatMap((id) => {
          const found = attachment(id);
          if (found === null) onMissing(id);
          return found ?? [];
        });
  if (pictures.length === 0) return null;
  const figures = pictures.map(({ url, alt, caption }) => {
    const words = caption === "" ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`;
    return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}">${words}</figure>`;
  });
  return `\n\n${figures.join("\n")}\n\n`;
}

function playlist(attributes: Attributes, { attachment }: ShortcodeContext): string | null {
  const ids = (attributes.get("ids") ?? "").split(/[\s,]+/);
  const lines = ids.map((id) => embedded(attachment(id)?.url ?? "")).filter((line) => line !== null);
  return lines.length === 0 ? null : lines.join("");
}

/** A line with only a URL, which becomes a card. */
function embedded(address: string): string | null {
  const url = address.replaceAll("&amp;", "&").trim();
  if (!URL.canParse(url) || !/^https?:/.test(url)) return null;
  return `\n\n<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>\n\n`;
}

function filmAddress(name: string, attributes: Attributes, inner: string): string {
  const given = (attributes.get("url") ?? attributes.get("id") ?? attributes.get("0") ?? inner)
    .trim()
    .replace(/^=/, "");
  if (/^https?:/.test(given)) return given;
  if (name === "youtube" && /^[\w-]{6,}$/.test(given)) return `https://www.youtube.com/watch?v=${given}`;
  if (name === "vimeo" && /^\d+$/.test(given)) return `https://vimeo.com/${given}`;
  if (name === "dailymotion" && /^\w+$/.test(given)) return `https://www.dailymotion.com/video/${given}`;
  return "";
}

function code(name: string, attributes: Attributes, inner: string): string {
  const given = attributes.get("language") ?? attributes.get("lang") ?? attributes.get("0") ?? "";
  const language =
    name === "code" || name.startsWith("sourcecode") || name === "cc" || name === "highlight" ? given : name;
  const source = /&lt;|&gt;|&amp;/.test(inner) ? inner : escapeHtml(inner);
  return `\n\n<pre><code${language === "" ? "" : ` class="language-${escapeHtml(language)}"`}>${source.trim()}</code></pre>\n\n`;
}
