/** Finds the pictures of an import by their old addresses; their type is detected from their bytes. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isMediaName } from "../images/image-metadata.ts";
import { slugOf } from "../site/slug.ts";
import { pictureExtension } from "./picture-type.ts";
import { percentDecoded } from "../percent-decoded.ts";

export interface FoundPicture {
  /** Absolute path of the file. */
  readonly file: string;
  /** File name with extension: a slug of the old name, plus a hash if other files may have the same name. */
  readonly name: string;
}

const MAX_FILES = 200_000;

export interface AddressedPicture {
  /** Absolute path of the file. */
  readonly file: string;
  /** Its file name in the blog; null if it's new. */
  readonly name: string | null;
}

/** Lookup of pictures by address, besides those in folders. */
export interface PicturesByAddress {
  /** The picture for an absolute address; null if there is none. */
  fileFor(address: string): AddressedPicture | null;
}

export class PictureLibrary {
  readonly #byPath = new Map<string, string[]>();
  readonly #found = new Map<string, FoundPicture | null>();
  readonly #used = new Set<string>();
  /** Old addresses of pictures that are damaged or of an unsupported type. */
  readonly broken = new Set<string>();
  readonly #byAddress: readonly PicturesByAddress[];

  readonly #onMissing: (address: string) => FoundPicture | null;
  readonly #damaged: ReadonlySet<string>;

  /**
   * @param folders absolute; their files are preferred to those of `byAddress`.
   * @param damaged files that can't be shown.
   * @param onMissing called for each web address of a picture that isn't found.
   */
  constructor(
    folders: readonly string[],
    {
      byAddress = [],
      damaged = new Set(),
      onMissing = () => null,
    }: {
      readonly byAddress?: readonly PicturesByAddress[];
      readonly damaged?: ReadonlySet<string>;
      readonly onMissing?: (address: string) => FoundPicture | null;
    } = {},
  ) {
    this.#damaged = damaged;
    this.#byAddress = byAddress;
    this.#onMissing = onMissing;
    let count = 0;
    for (const folder of folders) {
      if (!existsSync(folder)) continue;
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || ++count > MAX_FILES) continue;
        const file = path.join(entry.parentPath, entry.name);
        const key = nameKey(entry.name);
        this.#byPath.set(key, [...(this.#byPath.get(key) ?? []), file]);
      }
    }
  }

  /** Picture files that texts show. */
  get usedFiles(): ReadonlySet<string> {
    return this.#used;
  }

  /** Whether the folders contain no files. */
  get isEmpty(): boolean {
    return this.#byPath.size === 0;
  }

  /** Whether a text shows the picture or a smaller copy of it. */
  wasUsed(address: string): boolean {
    const found = this.#known(absoluteAddress(address, null) ?? address);
    return found !== null && this.#used.has(found.file);
  }

  /** Whether the picture is available. */
  has(address: string): boolean {
    return this.#known(absoluteAddress(address, null) ?? address) !== null;
  }

  /** Pictures that texts show, by their web address. */
  readonly shown = new Map<string, FoundPicture>();

  /**
   * The picture for an old address or path: among files of the same name, the one whose folders match best.
   * @param base base URL for relative addresses.
   */
  find(src: string, base: string | null = null): FoundPicture | null {
    const address = absoluteAddress(src, base) ?? src;
    const isOnWeb = /^https?:/.test(address);
    const found = this.#known(address) ?? (isOnWeb ? this.#onMissing(address) : null);
    if (found !== null && isOnWeb) this.shown.set(address, found);
    if (found !== null) this.#used.add(found.file);
    return found;
  }

  /**
   * A video, audio file, document or archive by its old address or path, published unchanged; null if not available.
   * @param base base URL for relative addresses.
   */
  findFile(src: string, base: string | null = null): FoundPicture | null {
    const parts = pathParts(absoluteAddress(src, base) ?? src);
    const last = parts.at(-1);
    if (last === undefined || !isMediaName(last)) return null;
    const files = this.#byPath.get(nameKey(last)) ?? [];
    const file = bestOf(files, parts);
    if (file === undefined) return null;
    const { name, ext } = path.parse(last);
    const mark = files.length > 1 ? markOf(readFileSync(file)) : "";
    return { file, name: `${slugOf(name).slice(0, 60)}${mark}${ext.toLowerCase()}` };
  }

  #known(address: string): FoundPicture | null {
    const known = this.#found.get(address);
    if (known !== undefined) return known;
    const found = this.#lookFor(address);
    this.#found.set(address, found);
    return found;
  }

  #lookFor(address: string): FoundPicture | null {
    const parts = pathParts(address);
    const last = parts.at(-1);
    if (last === undefined) return null;
    for (const name of namesFor(last)) {
      const files = this.#byPath.get(nameKey(name)) ?? [];
      const best = bestOf(files, parts);
      if (best === undefined) continue;
      const bytes = readFileSync(best);
      const extension = this.#damaged.has(best) ? null : pictureExtension(bytes);
      if (extension === null) {
        this.broken.add(address);
        continue;
      }
      const stem = slugOf(path.parse(name).name).slice(0, 60);
      const mark = files.length > 1 ? markOf(bytes) : "";
      return { file: best, name: `${stem}${mark}.${extension}` };
    }
    return this.#fetched(address, last);
  }

  #fetched(address: string, last: string): FoundPicture | null {
    for (const pictures of this.#byAddress) {
      const picture = pictures.fileFor(address);
      if (picture === null) continue;
      const { file, name } = picture;
      const extension = pictureExtension(readFileSync(file));
      if (extension === null) continue;
      const stem = slugOf(path.parse(last).name).slice(0, 60) || "picture";
      const mark = createHash("sha256").update(address).digest("hex").slice(0, 8);
      return { file, name: name ?? `${stem}-${mark}.${extension}` };
    }
    return null;
  }
}

/** The absolute URL of a picture; null if it isn't a web address. */
export function absoluteAddress(src: string, base: string | null): string | null {
  const url = URL.parse(src.trim(), base ?? undefined);
  return url === null || !/^https?:$/.test(url.protocol) ? null : url.href;
}

/** A file name for comparison: without its extension, which may be missing or wrong. */
function nameKey(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$/, "");
}

/** The name itself, then the possible names of the original if it's a smaller copy. */
function namesFor(name: string): string[] {
  const wordpress = name.replace(/-\d{2,4}x\d{2,4}(?=\.\w+$|$)/, "").replace(/-scaled(?=\.\w+$|$)/, "");
  const typepad = name.replace(/-(?:\d+wi|\d+si|\d+hi|pi|popup)$/, "");
  const unquoted = name.replaceAll("+", " ");
  return [...new Set([name, wordpress, typepad, unquoted])];
}

/** The file whose folders match the address best. */
function bestOf(files: readonly string[], parts: readonly string[]): string | undefined {
  return files.toSorted((a, b) => likeness(b, parts) - likeness(a, parts) || (a < b ? -1 : 1))[0];
}

/** Content hash that distinguishes files of the same name. */
function markOf(bytes: Buffer): string {
  return `-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}`;
}

function likeness(file: string, parts: readonly string[]): number {
  const folders = file.split(path.sep).map((part) => part.toLowerCase());
  let same = 0;
  while (same < parts.length && folders.at(-2 - same) === parts.at(-2 - same)?.toLowerCase()) same++;
  return same;
}

function pathParts(address: string): string[] {
  const pathname = URL.parse(address, "http://path.invalid/")?.pathname ?? "";
  return pathname
    .split("/")
    .map(percentDecoded)
    .filter((part) => part !== "");
}
