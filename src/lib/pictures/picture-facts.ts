/** What is known about a picture file without opening it again; found once for each content and then kept. */
export interface PictureFacts {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Hash of the bytes, 32 hex digits. */
  readonly hash: string;
  readonly format: PictureFormat;
  /** Pixels as shown, that is after the rotation that a camera noted down. */
  readonly width: number;
  readonly height: number;
  /** Class `tint-<number>` that stands in until the picture arrives; null for see-through pictures. */
  readonly tint: number | null;
  /** Things in an SVG that must not be published, such as a script; empty when it is harmless. */
  readonly dangers: readonly string[];
}

export type PictureFormat = "jpeg" | "png" | "webp" | "avif" | "gif" | "svg";

/** A file that is no picture but is published beside the pictures: a video. */
export interface MediaFacts {
  readonly file: string;
  readonly hash: string;
}
