/** URLs of pictures on the receiver: uploads for future posts, and files of posts that clients edit. */
import { escapeRegExp } from "../../lib/escape.ts";
import type { ReceiverContext } from "../context.ts";
import { hmacHex, isSameSecret } from "../secrets.ts";

/** URL of an upload. */
export function uploadUrl({ options }: ReceiverContext, id: string, extension: string): string {
  return `${options.url}/media/${id}.${extension}`;
}

/** The id of the upload at a URL, else null. */
export function uploadIn({ options }: ReceiverContext, url: string): string | null {
  return (
    new RegExp(`^${escapeRegExp(options.url)}/media/([\\da-f]{32})\\.[a-z]{3,4}$`).exec(url)?.[1] ?? null
  );
}

/**
 * URL of a post's picture, for clients that edit the post. The published site has it in other sizes under other names,
 * and not at all for drafts; so the URL is on the receiver, protected by a signature.
 */
export async function storedFileUrl(context: ReceiverContext, path: string): Promise<string> {
  const address = path.split("/").map(encodeURIComponent).join("/");
  return `${context.options.url}/media/file/${await signatureOf(context, path)}/${address}`;
}

/** The path of the file at such a URL; null when it's another URL or its signature is invalid. */
export async function storedFileIn(context: ReceiverContext, url: string): Promise<string | null> {
  const start = `${context.options.url}/media/file/`;
  if (!url.startsWith(start)) return null;
  const [signature = "", ...segments] = url.slice(start.length).split("/");
  try {
    const path = segments.map(decodeURIComponent).join("/");
    return (await isSameSecret(signature, await signatureOf(context, path))) ? path : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

async function signatureOf({ options }: ReceiverContext, path: string): Promise<string> {
  return (await hmacHex(options.token, `file ${path}`)).slice(0, 32);
}
