/** Inputs of the conversion of one body, and callbacks for the report. */
export interface BodyContext {
  /** Masks personal e-mail and IP addresses in a text. */
  readonly mask: (text: string) => string;
  /** New address for a link; null for one that can't be kept (a script, an e-mail address). */
  readonly link: (href: string) => string | null;
  /** Path of a picture next to the post or in `public/`; null if it isn't available. */
  readonly picture: (src: string) => string | null;
  /** Address of the picture for the address of an attachment page; other addresses unchanged. */
  readonly pictureOf?: (href: string) => string;
  /** Description of a picture that has none in the text; null if unknown. */
  readonly pictureWords: (src: string) => string | null;
  /** Names of elements in the body that links point to; each is removed once found. */
  readonly anchors: Set<string>;
  /** Id for such an element, distinct from all ids of the page layout. */
  readonly anchorName: (name: string) => string;
  /** Whether the body has `<h1>` headings, so that all headings move down one level. */
  readonly hasTopHeading: boolean;
  /** Reports a part that can't be kept, such as `<script>`. */
  readonly lose: (what: string) => void;
  readonly counts: BodyCounts;
}

export interface BodyCounts {
  links: number;
  pictures: number;
  /** Pictures that became links, since they aren't available. */
  remotePictures: number;
  embeds: number;
  /** Pictures without a description. */
  undescribed: number;
}
