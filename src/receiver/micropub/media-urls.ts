/** Addresses of pictures on the receiver: uploads that wait for their post, and files of posts that clients edit. */
import { escapeRegExp } from "../../lib/escape.ts";
import type { ReceiverContext } from "../context.ts";
import { hmacHex, isSameSecret } from "../secrets.ts";

/** Where an upload can be seen. */
export function uploadUrl({ options }: ReceiverContext, id: string, extension: string): string {
  return `${options.url}/media/${id}.${extension}`;
}

/** The id of the upload that an address names, else null. */
export function uploadIn({ options }: ReceiverContext, url: string): string | null {
  return (
    new RegExp(`^${escapeRegExp(options.url)}/media/([\\da-f]{32})\\.[a-z]{3,4}$`).exec(url)?.[1] ?? null
  );
}

/**
 * Where a client sees a picture of a post that it edits. The published site shows it in other sizes under other
 * names, and a draft's nowhere, so the address holds a signature instead of being public.
 */
export async function storedFileUrl(context: ReceiverContext, path: string): Promise<string> {
  const address = path.split("/").map(encodeURIComponent).join("/");
  return `${context.options.url}/media/file/${await signatureOf(context, path)}/${address}`;
}

/** The file of a post that such an address names, else null. */
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
