/** Source of a post for clients that edit it (https://www.w3.org/TR/micropub/#source-content). */
import path from "node:path";
import type { ReceiverContext } from "../context.ts";
import { propertiesOf } from "./front-matter-keys.ts";
import { storedFileUrl } from "./media-urls.ts";
import type { FoundPost } from "./post-address.ts";
import { givenAlt, partsOf } from "./post-body.ts";
import type { Properties } from "./properties.ts";

/** The properties of a post, with its text as Markdown and signed URLs for its pictures. */
export async function sourceOf(context: ReceiverContext, post: FoundPost): Promise<Properties> {
  const { photos, text } = partsOf(post.body);
  const properties = propertiesOf(post.front);
  if (text !== "") properties.set("content", [text]);
  const folder = path.posix.dirname(post.file.path);
  const values: unknown[] = [];
  for (const { name, alt } of photos) {
    const value = await storedFileUrl(context, `${folder}/${name}`);
    values.push(givenAlt(alt) === "" ? value : { value, alt });
  }
  if (values.length > 0) properties.set("photo", values);
  return properties;
}
