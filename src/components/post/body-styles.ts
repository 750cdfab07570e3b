import code from "../../styles/article/code.css?url";
import footnotes from "../../styles/article/footnotes.css?url";
import gallery from "../../styles/article/gallery.css?url";
import socialPost from "../../styles/article/social-post.css?url";
import survey from "../../styles/article/survey.css?url";
import tints from "../../styles/article/tints.css?url";
import video from "../../styles/article/video.css?url";

const STYLES = [
  [/class="code/, code],
  [/class="footnotes/, footnotes],
  [/class="gallery/, gallery],
  [/class="post-quote/, socialPost],
  [/class="survey/, survey],
  [/class="video-screen"/, video],
  [/\btint-\d/, tints],
] as const;

/** Style sheets for what only some texts have: a page links those that its own text needs. */
export function bodyStyles(html: string): string[] {
  return STYLES.flatMap(([mark, href]) => (mark.test(html) ? [href] : []));
}
