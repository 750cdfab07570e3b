/** What is known about a picture file without opening it again; found once for each content and then kept. */
export interface ImageMetadata {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Hash of the bytes, 32 hex digits. */
  readonly hash: string;
  readonly format: PictureFormat;
  /** Pixels as shown, that is after the rotation that a camera noted down. */
  readonly width: number;
  readonly height: number;
  /** Published byte for byte: vector and moving pictures. Others are made anew in several sizes. */
  readonly isKeptAsIs: boolean;
  /** Class `tint-<number>` colours the place until the picture arrives; null for see-through pictures. */
  readonly tint: number | null;
  /** Why an SVG can't be published, such as "a <script>"; empty when it is harmless. */
  readonly dangers: readonly string[];
}

export type PictureFormat = "jpeg" | "png" | "webp" | "avif" | "gif" | "svg";

/** A file that is published beside the pictures without being one: a film, its captions, a sound. */
export interface MediaFacts {
  readonly file: string;
  readonly hash: string;
}

const PICTURE = /\.(?:jpe?g|png|webp|avif|gif|svg)$/i;
const MEDIA = /\.(?:mp4|webm|ogv|vtt|mp3|m4a|ogg|opus|wav|flac)$/i;

/** Whether a file's name ends as pictures do that a blog can show. */
export function isPictureName(file: string): boolean {
  return PICTURE.test(file);
}

/** Whether a file's name ends as films, sounds and captions do that browsers play. */
export function isMediaName(file: string): boolean {
  return MEDIA.test(file);
}
