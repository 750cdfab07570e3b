/** Metadata of a picture file, computed once for the same content and cached. */
export interface ImageMetadata {
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Hash of the bytes, 32 hex digits. */
  readonly hash: string;
  readonly format: PictureFormat;
  /** Pixels as shown, after the rotation in its EXIF data. */
  readonly width: number;
  readonly height: number;
  /** Whether it is published without resizing: animated pictures unchanged, vector pictures cleaned. */
  readonly isKeptAsIs: boolean;
  /** Whether it is a drawing with theme colors, published in several versions; see `themed-svg.ts`. */
  readonly isThemed: boolean;
  /** Class `tint-<number>` colors the space until the picture loads; null for transparent and vector pictures. */
  readonly tint: number | null;
  /** Why an SVG can't be published, such as "a <script>"; empty if it is safe. */
  readonly dangers: readonly string[];
  /** Problem with its bytes, as the end of a sentence that begins with the picture's name; null if there is none. */
  readonly damage: string | null;
}

export type PictureFormat = "jpeg" | "png" | "webp" | "avif" | "gif" | "svg";

/** A file that is published unchanged: a video, captions, audio, a document, an archive. */
export interface MediaFacts {
  readonly file: string;
  readonly hash: string;
}

const PICTURE = /\.(?:jpe?g|png|webp|avif|gif|svg)$/i;
const FILM = /\.(?:mp4|m4v|webm|ogv|mov)$/i;
const SOUND = /\.(?:mp3|m4a|aac|oga|ogg|opus|wav|flac)$/i;
const CAPTIONS = /\.vtt$/i;
const PAPER =
  /\.(?:pdf|epub|mobi|djvu|ps|eps|txt|csv|tsv|json|geojson|xml|yaml|yml|toml|ics|vcf|bib|ipynb|gpx|kml|kmz|doc|docx|docm|xls|xlsx|ppt|pptx|odt|ods|odp|rtf|key|numbers|pages|zip|7z|rar|tar|gz|tgz|bz2|xz|zst|stl|3mf|obj|step|blend|psd|ai|sketch|fig|drawio|excalidraw|srt|torrent|sig|asc|patch|diff|apk|dmg|exe|msi|deb|rpm|iso|jar|whl|wasm|ttf|otf|woff2|mid|midi|mod|tiff?|heic|bmp)$/i;

/** Whether a file's extension is that of a picture format that a blog can show. */
export function isPictureName(file: string): boolean {
  return PICTURE.test(file);
}

/** Whether a file's extension is that of a file published unchanged: video, audio, captions, a document, an archive. */
export function isMediaName(file: string): boolean {
  return isPlayableName(file) || PAPER.test(file);
}

/** Whether a file's extension is that of video, audio or captions. */
export function isPlayableName(file: string): boolean {
  return FILM.test(file) || SOUND.test(file) || CAPTIONS.test(file);
}

/** Whether a file's extension is that of audio. */
export function isSoundName(file: string): boolean {
  return SOUND.test(file);
}

/** Whether a file's extension is that of video. */
export function isFilmName(file: string): boolean {
  return FILM.test(file);
}
