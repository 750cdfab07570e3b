/** Pictures of a book in EPUB's core media types, which all reading systems show; file names contain a content hash. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { hashOf } from "../../cache/file-cache.ts";
import { cleanSvg } from "../../images/clean-svg.ts";
import { variantsOf } from "../../images/image-variants.ts";
import { svgFacts } from "../../images/svg-metadata.ts";
import { pictureExtension } from "../../import/picture-type.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import type { ExportedBlog } from "../read-blog.ts";
import { isPlainSvg } from "./plain-svg.ts";

export interface BookPicture {
  /** Path in the book, from its root. */
  readonly name: string;
  readonly mediaType: (typeof TYPES)[keyof typeof TYPES];
}

/** Page width of large tablets, in pixels. */
const WIDEST = 1600;
/** A picture with more pixels would take gigabytes to decode. */
const MOST_PIXELS = 400_000_000;
const MOST_BYTES = 60 * 1024 * 1024;

const TYPES = {
  jpg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  svg: "image/svg+xml",
} as const;

export class BookPictures {
  readonly #blog: ExportedBlog;
  readonly #write: (name: string, bytes: Uint8Array) => void;
  readonly #fileByPath = new Map<string, string>();
  readonly #byHash = new Map<string, BookPicture | null>();
  readonly #byAddress = new Map<string, BookPicture | null>();

  /** @param write adds a picture to the book; called once per picture, so that they're never all in memory. */
  constructor(blog: ExportedBlog, write: (name: string, bytes: Uint8Array) => void) {
    this.#blog = blog;
    this.#write = write;
    const { posts, pages } = blog.blog;
    const files = [...posts, ...pages].flatMap(({ body }) => body.pictures);
    for (const file of new Set(files)) {
      const facts = blog.pictures.get(file);
      if (facts === null) continue;
      const { full, sources } = variantsOf(facts);
      for (const variant of [full, ...sources.flatMap((source) => source.files)])
        this.#fileByPath.set(variant.path, file);
    }
  }

  /** All pictures added so far, sorted by name. */
  get all(): readonly BookPicture[] {
    const all = [...this.#byHash.values()].flatMap((picture) => picture ?? []);
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Finds a picture by its address on a page; null if it isn't a file of the blog or can't be decoded. */
  async find(address: string): Promise<BookPicture | null> {
    const known = this.#byAddress.get(address);
    if (known !== undefined) return known;
    const found = await this.#load(address);
    this.#byAddress.set(address, found);
    return found;
  }

  /** @param file one of the author's files, from the project's root. */
  async ofFile(file: string): Promise<BookPicture | null> {
    return await this.#picture(path.basename(file), readIfSmall(path.join(this.#blog.folders.root, file)));
  }

  async #load(address: string): Promise<BookPicture | null> {
    const data = /^data:image\/[\w.+-]+(;base64)?,(.*)$/s.exec(address);
    if (data !== null) {
      const bytes = Buffer.from(data[2] ?? "", data[1] === undefined ? "utf8" : "base64");
      return await this.#picture("drawing", bytes);
    }
    const { urls, folders } = this.#blog;
    const url = URL.parse(address, urls.absolute("/"));
    const site = url === null ? null : urls.sitePathOf(url.href);
    if (site === null) return null;
    const sitePath = percentDecoded(site.replace(/[?#].*$/s, ""));
    const file = this.#fileByPath.get(sitePath);
    if (file !== undefined) return await this.ofFile(file);
    const open = path.join(folders.publicDir, sitePath);
    if (!open.startsWith(folders.publicDir + path.sep) || /\0/.test(open)) return null;
    return await this.#picture(path.basename(open), readIfSmall(open));
  }

  async #picture(fileName: string, bytes: Buffer | null): Promise<BookPicture | null> {
    if (bytes === null) return null;
    const hash = hashOf(bytes);
    const known = this.#byHash.get(hash);
    if (known !== undefined) return known;
    const extension = await extensionOf(bytes);
    const content = extension === null ? null : await contentOf(bytes, extension);
    const name = `pictures/${stemOf(fileName)}.${hash.slice(0, 8)}.${extension ?? ""}`;
    const picture = extension === null || content === null ? null : { name, mediaType: TYPES[extension] };
    this.#byHash.set(hash, picture);
    if (picture !== null && content !== null) this.#write(name, content);
    return picture;
  }
}

type Extension = keyof typeof TYPES;

async function extensionOf(bytes: Buffer): Promise<Extension | null> {
  const type = pictureExtension(bytes);
  if (type === "svg") {
    const facts = svgFacts(bytes);
    if (facts === null || facts.damage !== null || facts.dangers.length > 0) return null;
    return isPlainSvg(cleanSvg(bytes.toString("utf8"))) ? "svg" : "png";
  }
  if (type === null || type === "jpg" || type === "gif" || type === "png") return type;
  try {
    const { hasAlpha } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
    return hasAlpha ? "png" : "jpg";
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Re-encodes a picture upright, in sRGB and without metadata; GIFs stay unchanged. Null if it can't be decoded. */
async function contentOf(bytes: Buffer, extension: Extension): Promise<Uint8Array | null> {
  if (extension === "svg") return Buffer.from(cleanSvg(bytes.toString("utf8")));
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .autoOrient()
      .toColourspace("srgb")
      .resize({ width: WIDEST, height: WIDEST * 2, fit: "inside", withoutEnlargement: true });
    if (extension === "jpg")
      return await picture.flatten({ background: "#fff" }).jpeg({ quality: 82 }).toBuffer();
    if (extension === "png") return await picture.png({ compressionLevel: 9 }).toBuffer();
    await picture.raw().toBuffer();
    return bytes;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function readIfSmall(file: string): Buffer | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  return bytes.length > MOST_BYTES ? null : bytes;
}

function stemOf(fileName: string): string {
  const stem = path
    .parse(fileName)
    .name.normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 48);
  return stem === "" ? "picture" : stem;
}
