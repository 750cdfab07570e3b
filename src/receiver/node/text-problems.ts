/** Finds errors in a post's text before it's committed, since they would make builds of the whole blog fail. */
import type { PictureResolver } from "../../lib/images/image-resolver.ts";
import type { WrittenText } from "../context.ts";

/**
 * Renders the text as a build does. Links to other pages of the blog aren't checked.
 * @returns one message per error.
 */
export async function textProblems({ path, body, lang, besides }: WrittenText): Promise<readonly string[]> {
  // Imported lazily: it's slow to load, and a receiver without Micropub never needs it.
  const { renderBody } = await import("../../lib/markdown/render-body.ts");
  const file = `content/${path}`;
  const folder = file.slice(0, file.lastIndexOf("/"));
  const isThere = (name: string) =>
    name.startsWith("public/") ||
    (name.startsWith(`${folder}/`) && besides.has(name.slice(folder.length + 1)));
  const pictures: PictureResolver = {
    load: () => Promise.resolve(),
    get: (name) => (isThere(name) ? { ...ANY_PICTURE, file: name } : null),
    media: () => null,
  };
  const source = { file, source: body, lineOffset: 0, lang, base: "/", root: "/", format: "md" as const };
  const { issues } = await renderBody(source, pictures);
  return issues.map(({ message, hint }) => `${message}. ${hint.replaceAll(/\s+/g, " ")}`);
}

const ANY_PICTURE = {
  hash: "0".repeat(32),
  format: "jpeg",
  width: 1600,
  height: 1200,
  isKeptAsIs: false,
  isThemed: false,
  tint: null,
  dangers: [],
  damage: null,
} as const;
