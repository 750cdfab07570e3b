import type { PictureRef } from "../content/model.ts";
import type { PictureSource, PictureUse, ViewContext } from "./context.ts";

/** A picture with its variant for the dark appearance, if it has one; null if the file isn't a picture. */
export function pictureOf(
  context: Pick<ViewContext, "picture">,
  { file, dark }: Pick<PictureRef, "file" | "dark">,
  use: PictureUse,
): PictureSource | null {
  const picture = context.picture(file, use);
  const night = dark === undefined ? null : context.picture(dark, use);
  return picture === null || night === null ? picture : { ...picture, dark: night };
}
