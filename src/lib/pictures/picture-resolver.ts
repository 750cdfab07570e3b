import type { PictureFacts } from "./picture-facts.ts";

/** Knows the pictures of one blog. `load` first, then `get` answers at once. */
export interface PictureResolver {
  /** Reads the facts of files (paths from the project's root). A file that isn't there is no error here. */
  load(files: readonly string[]): Promise<void>;
  /** Facts of a loaded file; null when it isn't there or is no picture. */
  get(file: string): PictureFacts | null;
}

/** A resolver that knows no pictures, for texts without any. */
export const noPictures: PictureResolver = {
  load: async () => {},
  get: () => null,
};
