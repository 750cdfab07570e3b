import sharp from "sharp";
import { formatsOf } from "../../../i18n/formats.ts";
import { hashOf, type FileCache } from "../../cache/file-cache.ts";
import { escapeXml } from "../../escape.ts";
import { drawAll } from "../../og-images/draw-all.ts";
import { OG_IMAGE_SIZE } from "../../og-images/og-image-path.ts";
import type { OgImage } from "../../og-images/template.ts";
import { ogImageLook } from "../../themes/appearance.ts";
import type { ExportedBlog } from "../read-blog.ts";
import type { BookFacts } from "./package-document.ts";

const HEIGHT = 1800;
/** Height of the bands at the top and bottom. */
const BAND = 60;

/** Cover in the blog's colors: its social image on a page in its background color. PNG. */
export async function coverImage(
  facts: BookFacts,
  { blog }: ExportedBlog,
  cache: FileCache,
  onNote: (note: string) => void,
): Promise<Buffer> {
  const { lang, dir, authors, title, collection } = facts;
  const look = ogImageLook(blog.settings.appearance);
  const image: OgImage = {
    ...look,
    ...{ title, lang, dir, date: "", siteTitle: collection ?? new URL(facts.source).host },
    authorLine: formatsOf(lang, blog.settings.timeZone).list(authors.slice(0, MOST_AUTHORS)),
  };
  const key = hashOf("cover", JSON.stringify(image), JSON.stringify(sharp.versions));
  if (!cache.has(key)) await drawAll([{ key, image }], cache, onNote);
  const card = cache.read(key);
  if (card === null) throw new Error("The cover is missing from the cache");
  const { width } = OG_IMAGE_SIZE;
  const { paper, accent } = look.colors;
  const bands = [0, HEIGHT - BAND].map(
    (y) => `<rect y="${y}" width="100%" height="${BAND}" fill="${escapeXml(accent)}"/>`,
  );
  const backdrop = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${escapeXml(paper)}"/>${bands.join("")}</svg>`;
  const top = Math.round((HEIGHT - OG_IMAGE_SIZE.height) / 2);
  return await sharp(Buffer.from(backdrop))
    .composite([{ input: card, left: 0, top }])
    .png({ palette: true, colours: 128, dither: 0, compressionLevel: 9 })
    .toBuffer();
}

const MOST_AUTHORS = 3;
