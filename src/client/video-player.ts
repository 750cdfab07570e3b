/**
 * Replaces a video's poster with its player when the reader presses play; nothing is loaded from the provider before.
 * Without this script, the poster is a link to the video.
 * @param link link around the poster.
 */
export function playVideo(link: HTMLAnchorElement): void {
  const player = playerFor(link);
  link.replaceWith(player);
  player.focus();
}

function playerFor(link: HTMLAnchorElement): HTMLElement {
  const [provider, id = ""] = (link.dataset["video"] ?? "").split(":");
  if (provider === "file") {
    const video = document.createElement("video");
    video.controls = video.autoplay = true;
    video.src = link.href;
    video.poster = link.querySelector("img")?.currentSrc ?? "";
    video.append(...trackOf(link));
    return video;
  }
  const address =
    provider === "vimeo" ? "https://player.vimeo.com/video/" : "https://www.youtube-nocookie.com/embed/";
  const frame = document.createElement("iframe");
  frame.title = link.dataset["title"] ?? "";
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  // YouTube refuses to play without a referrer.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = `${address}${id}${id.includes("?") ? "&" : "?"}autoplay=1&dnt=1`;
  return frame;
}

/** Caption track in the language of the surrounding text, enabled by default. */
function trackOf({ dataset, parentElement }: HTMLAnchorElement): HTMLTrackElement[] {
  if (dataset["captions"] === undefined) return [];
  const lang = parentElement?.closest<HTMLElement>("[lang]")?.lang ?? "en";
  const track = document.createElement("track");
  track.kind = "captions";
  track.src = dataset["captions"];
  track.srclang = lang;
  track.label = new Intl.DisplayNames([lang], { type: "language" }).of(lang) ?? lang;
  track.default = true;
  return [track];
}
