/** Metadata fields of posts by WordPress and its plug-ins (`wp:postmeta`). */
import type { ArchiveBuilder } from "../archive-builder.ts";
import { decodeEntities } from "../html/entities.ts";
import type { RecordId } from "../ledger.ts";
import { childrenOf, childText } from "./xml-records.ts";
import type { XmlNode } from "./xml-records.ts";

export interface SortedMetadata {
  /** Records of keys that share the fate of the post. */
  readonly parts: readonly RecordId[];
  readonly thumbnail: string | null;
  readonly alt: string | null;
  readonly description: string | null;
  readonly slug: string;
  readonly oldSlugs: readonly string[];
  /** Footnotes of the block editor, as JSON. */
  readonly footnotes: string;
  /** Addresses of audio and video files, such as those of a podcast. */
  readonly enclosures: readonly string[];
  readonly raw: Readonly<Record<string, string>>;
}

/** Keys without meaning outside the installation, and why. */
const INTERNAL: readonly (readonly [RegExp, string])[] = [
  [/^_edit_(?:last|lock)$/, "who edited it last"],
  [
    /^_(?:pingme|encloseme|publicize\w*|wpas_\w+|jetpack_\w+|wp_trash_\w+|rest_api_\w+)$/,
    "state of the old server",
  ],
  [/^_wp_attachment_(?:metadata|backup_sizes|context)$|^_wp_attached_file$/, "sizes of a picture"],
  [/^_wp_page_template$|^_menu_item_|^_customize_/, "a choice of the theme"],
  [/^_oembed_/, "a cache"],
  [/^_(?:yoast|aioseo|rank_math)\w*$/, "settings of a plug-in for search engines"],
];

/** Classifies the metadata fields of an item. */
export function sortMetadata(
  item: XmlNode,
  builder: ArchiveBuilder,
  owner: "entry" | "attachment" = "entry",
): SortedMetadata {
  const { ledger } = builder;
  const parts: RecordId[] = [];
  const raw: Record<string, string> = {};
  const oldSlugs: string[] = [];
  const enclosures: string[] = [];
  let footnotes = "";
  let thumbnail: string | null = null;
  let alt: string | null = null;
  let description: string | null = null;
  let slug = "";
  for (const node of childrenOf(item, "wp:postmeta")) {
    const key = childText(node, "wp:meta_key");
    const value = childText(node, "wp:meta_value");
    const record = ledger.read("metadata key");
    if (key === "enclosure") enclosures.push(...(/^https?:\/\/\S+/.exec(value) ?? []));
    const internal = INTERNAL.find(([pattern]) => pattern.test(key))?.[1];
    if (key === "_yoast_wpseo_metadesc" && value !== "") description = decodeEntities(value);
    else if (key === "_thumbnail_id") thumbnail = value;
    else if (key === "_wp_attachment_image_alt") alt = decodeEntities(value);
    else if (key === "_wp_old_slug") oldSlugs.push(value);
    else if (key === "_wp_desired_post_slug") slug = value;
    else if (key === "footnotes" && owner === "entry") footnotes = value;
    else if (internal !== undefined) {
      ledger.settle(record, "ignored", internal);
      continue;
    } else if (owner === "attachment") {
      ledger.settle(record, "ignored", "a field of a picture");
      continue;
    } else raw[uniqueKey(key, raw)] = value;
    parts.push(record);
  }
  return { parts, thumbnail, alt, description, slug, oldSlugs, footnotes, enclosures, raw };
}

function uniqueKey(key: string, taken: Readonly<Record<string, string>>): string {
  let name = key;
  for (let number = 2; Object.hasOwn(taken, name); number++) name = `${key} ${number}`;
  return name;
}
