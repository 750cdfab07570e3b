import * as z from "zod";
import type { Element } from "hast";
import { pictureElement } from "../../images/picture-element.ts";
import { mediaPath } from "../../images/image-variants.ts";
import { report } from "../body-context.ts";
import { creditOf, figcaption } from "../caption.ts";
import { videoPlayer } from "../video-urls.ts";
import { h } from "../hast.ts";
import { renderLink } from "../link.ts";
import { findMedia, findPicture, fileOf } from "../local-image-path.ts";
import { address, propLine, text } from "../props.ts";
import { typeset } from "../typography.ts";
import { defineComponent } from "./component.ts";
import type { Use } from "./component.ts";

const props = z.strictObject({
  title: text.meta({ description: "title of the video" }),
  src: text.meta({
    description: "its page on YouTube or Vimeo, or a file beside the post such as ./talk.mp4",
  }),
  poster: text.optional().meta({ description: "a picture beside the post, shown until the video plays" }),
  posterAlt: z
    .string()
    .optional()
    .meta({ description: "what the poster shows, when it says more than the title" }),
  captions: text
    .regex(/\.vtt$/i, 'must be a WebVTT file beside the post, such as "./talk.vtt"')
    .optional()
    .meta({ description: "captions of a video file beside the post, as a WebVTT file" }),
  duration: text
    .regex(/^(?:\d+:)?\d{1,2}:\d\d$/, 'must be minutes and seconds, such as "4:12"')
    .optional()
    .meta({ description: "how long it is, such as 4:12" }),
  credit: text.optional().meta({ description: "who made it" }),
  creditUrl: address.optional().meta({ description: "where its maker is found" }),
});

const EXAMPLE =
  '<Video title="A chat over the fence" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./poster.svg" duration="4:12" />';

const CAPTIONED = '<Video title="A talk" src="./talk.mp4" captions="./talk.vtt" />';

/** A video that loads nothing before the reader presses play; without JavaScript, it is a link. */
export const Video = defineComponent({
  name: "Video",
  props,
  example: EXAMPLE,
  children: "optional",
  toElement(values, use) {
    const { node, context, raw, blocks } = use;
    const { words } = context;
    const video = videoOf(values.src, use);
    const poster = posterOf(values.poster, values.posterAlt ?? "", use);
    const captions = video === null ? null : captionsOf(values.captions, video, use);
    const credit = creditOf(values, node, context);
    const transcript =
      raw.length === 0
        ? null
        : h("details", {}, h("summary", { className: ["engine-word"] }, words.transcript), blocks());
    if (video === null) return null;
    const title = typeset(values.title, context.source.lang);
    const time =
      values.duration === undefined ? null : h("span", { className: ["video-time"] }, values.duration);
    const play = h(
      "span",
      { className: ["video-play", "engine-word"] },
      words.playVideo(title),
      time === null ? null : " ",
      time,
    );
    return h(
      "figure",
      { className: ["video"] },
      h(
        "div",
        { className: ["video-screen"] },
        h(
          "a",
          { href: video.href, dataVideo: video.player, dataTitle: title, dataCaptions: captions },
          poster,
          play,
        ),
      ),
      transcript,
      figcaption(
        h("span", { className: ["video-title"] }, title),
        credit,
        video.provider === null
          ? null
          : h("small", { className: ["engine-word"] }, words.playsFrom(video.provider)),
      ),
    );
  },
});

interface VideoSource {
  readonly href: string;
  /** Player: `youtube:<id>`, `vimeo:<id>` or `file`. */
  readonly player: string;
  readonly provider: string | null;
}

function videoOf(src: string, { node, context }: Use): VideoSource | null {
  const line = propLine(node, "src", context);
  const player = videoPlayer(src);
  if (player !== null) {
    const provider = player.startsWith("youtube:") ? "YouTube" : "Vimeo";
    return { href: renderLink(src, line, context), player, provider };
  }
  if (fileOf(src, context.source) === null) {
    report(
      context,
      line,
      `<Video> has no player for ${src}`,
      `Videos come from YouTube, Vimeo, or a file beside the post (mp4, webm):\n${EXAMPLE}`,
    );
    return null;
  }
  const facts = findMedia(src, line, context);
  return facts === null
    ? null
    : { href: context.source.base + mediaPath(facts).slice(1), player: "file", provider: null };
}

function posterOf(src: string | undefined, alt: string, { node, context }: Use): Element | null {
  if (src === undefined) return null;
  const facts = findPicture(src, propLine(node, "poster", context), context);
  return facts === null ? null : pictureElement(facts, alt, { base: context.source.base });
}

/** Address of the captions; null if there are none, or after reporting an error. */
function captionsOf(src: string | undefined, video: VideoSource, { node, context }: Use): string | null {
  if (src === undefined) return null;
  const line = propLine(node, "captions", context);
  if (video.provider !== null) {
    report(
      context,
      line,
      `<Video> can't add captions to a video on ${video.provider}`,
      `Add them there. Captions beside the post work only for a video beside the post:\n${CAPTIONED}`,
    );
    return null;
  }
  const facts = findMedia(src, line, context);
  return facts === null ? null : context.source.base + mediaPath(facts).slice(1);
}
