/** Inputs and report of the conversion of one body. */
export interface BodyContext {
  /** The text without e-mail and IP addresses of people. */
  readonly mask: (text: string) => string;
  /** New address for a link; null for one that can't be kept (a script, an e-mail address). */
  readonly link: (href: string) => string | null;
  /** Path of a picture beside the post or in `public/`; null when it isn't at hand. */
  readonly picture: (src: string) => string | null;
  /** Address of the picture that a page of the old blog showed alone; other addresses as they are. */
  readonly pictureOf?: (href: string) => string;
  /** Description of a picture that has none in the text; null when nothing is known. */
  readonly pictureWords: (src: string) => string | null;
  /** Names of places that links in the body lead to; each is taken out when it was found. */
  readonly anchors: Set<string>;
  /** Id for such a place, which no part of a page has. */
  readonly anchorName: (name: string) => string;
  /** The body has headings of the first level, so that all move down by one. */
  readonly hasTopHeading: boolean;
  /** Reports what can't be kept: `<script>`. */
  readonly lose: (what: string) => void;
  readonly counts: BodyCounts;
}

export interface BodyCounts {
  links: number;
  pictures: number;
  /** Pictures that became links, since they aren't at hand. */
  remotePictures: number;
  embeds: number;
  /** Pictures without a description. */
  undescribed: number;
}
