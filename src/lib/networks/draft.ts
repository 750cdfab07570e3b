/** Converts an item of a thread to a draft record: cleaned, with its pictures still to be fetched. */
import { pictureName } from "../responses/avatars.ts";
import { cleanLine, cleanLines, cleanName, hostOf, safeUrl } from "../responses/clean-text.ts";
import type { PostResponse, ResponseAttachment } from "../responses/model.ts";
import type { Draft, DraftPicture } from "../responses/pull/incoming-response.ts";
import { instantOf } from "../responses/pull/incoming-response.ts";
import { sanitizeHtml } from "../responses/sanitize.ts";
import type { Copy } from "./copies.ts";
import type { NetworkItem } from "./network-item.ts";

const MAX_TEXT = 20_000;
const MAX_HTML = 40_000;
const MAX_ATTACHMENTS = 20;

export interface DraftPlace {
  readonly slug: string;
  /** URL of the post. */
  readonly target: string;
  /** The copy or search server from which the item was read. */
  readonly copy: Pick<Copy, "network" | "address">;
  readonly now: Date;
}

/** The draft record of an item; null for an item without a valid URL or id. */
export function draftOfItem(item: NetworkItem, { slug, target, copy, now }: DraftPlace): Draft | null {
  const url = safeUrl(item.url);
  if (url === null || item.id.length > 2000 || /\s/.test(item.id)) return null;
  // The account chooses the URL, while servers verify the id: a URL on another host than the id isn't trusted.
  const id = safeUrl(item.id);
  const source = id !== null && hostOf(id) !== hostOf(url) ? id : url;
  const received = now.toISOString();
  const published = notLaterThan(instantOf(item.published), now);
  const emoji = Object.entries(item.emoji).map(([code, address]): [string, DraftPicture] => [
    code,
    { address, shape: "emoji" },
  ]);
  const attachments = item.attachments.slice(0, MAX_ATTACHMENTS);
  const previews = attachments.flatMap(({ preview }): DraftPicture[] =>
    preview === null ? [] : [{ address: preview, shape: "preview" }],
  );
  const record: PostResponse = {
    type: "entry",
    "wm-id": item.id,
    status: "pending",
    author: {
      type: "card",
      name: cleanName(item.account.name) || cleanLine(item.account.nickname, 80) || "?",
      url: safeUrl(item.account.url) ?? undefined,
      uid: uidOf(item.account.uid),
      nickname: cleanLine(item.account.nickname, 200) || undefined,
    },
    url,
    published,
    updated: notLaterThan(instantOf(item.updated), now),
    content: contentOf(item),
    summary: cleanLine(item.warning, 500) || undefined,
    attachments:
      attachments.length === 0 ? undefined : attachments.map((attachment) => storedAttachment(attachment)),
    emoji:
      emoji.length === 0
        ? undefined
        : Object.fromEntries(emoji.map(([code, picture]) => [code, pictureName(picture)])),
    "in-reply-to": item.parent ?? undefined,
    copy: copy.address,
    "copy-id": item.localId ?? undefined,
    routes: routesTo(item),
    "wm-source": source,
    "wm-target": target,
    "wm-protocol": copy.network,
    "wm-property": item.kind,
    "wm-received": published ?? received,
  };
  return {
    slug,
    record,
    photoUrl: safeUrl(item.account.photo),
    pictures: [...emoji.map(([, picture]) => picture), ...previews],
    hidden: item.hidden === null ? null : { status: "pending", reason: item.hidden },
  };
}

function storedAttachment(attachment: NetworkItem["attachments"][number]): ResponseAttachment {
  const { type, url, preview, alt } = attachment;
  return {
    type,
    url,
    alt: cleanLine(alt, 1500),
    picture: preview === null ? undefined : pictureName({ address: preview, shape: "preview" }),
  };
}

/** Sanitized HTML, or plain text when the HTML is too long or nested too deeply. */
function contentOf({ html }: NetworkItem): PostResponse["content"] {
  const safe = html.length > MAX_HTML ? null : sanitizeHtml(html);
  if (safe !== null) return safe.html === "" ? undefined : safe;
  const plain = cleanLines(html.slice(0, MAX_HTML).replace(/<[^<>]*>/g, " "), MAX_TEXT);
  return plain === "" ? undefined : { text: plain };
}

function routesTo({ original }: NetworkItem): PostResponse["routes"] {
  if (original === null) return undefined;
  return [{ "wm-id": original, "wm-source": original, "wm-protocol": "mastodon" }];
}

function uidOf(uid: string): string | undefined {
  return /^(?:https?:\/\/|did:)\S+$/.test(uid) && uid.length <= 2000 ? uid : undefined;
}

/** Drops dates more than a day in the future: an error, or a trick to stay last in the list. */
function notLaterThan(instant: string | undefined, now: Date): string | undefined {
  const dayMs = 24 * 60 * 60 * 1000;
  return instant !== undefined && Date.parse(instant) <= now.getTime() + dayMs ? instant : undefined;
}
