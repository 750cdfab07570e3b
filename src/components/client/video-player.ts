/**
 * Plays a film where its poster stands, once the reader asks for it; until then nothing of it is fetched. Without
 * this the poster is a link to the film.
 */
export function defineVideoPlayer(): void {
  customElements.define(
    "video-player",
    class extends HTMLElement {
      connectedCallback(): void {
        this.addEventListener("click", this);
      }

      disconnectedCallback(): void {
        this.removeEventListener("click", this);
      }

      handleEvent(event: MouseEvent): void {
        const link = this.querySelector<HTMLAnchorElement>("a[data-video]");
        if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        const player = playerFor(link);
        this.replaceChildren(player);
        player.focus();
      }
    },
  );
}

function playerFor(link: HTMLAnchorElement): HTMLElement {
  const [provider, id = ""] = (link.dataset["video"] ?? "").split(":");
  if (provider === "file") {
    const video = document.createElement("video");
    video.controls = video.autoplay = true;
    video.src = link.href;
    video.poster = link.querySelector("img")?.currentSrc ?? "";
    return video;
  }
  const address =
    provider === "vimeo" ? "https://player.vimeo.com/video/" : "https://www.youtube-nocookie.com/embed/";
  const frame = document.createElement("iframe");
  frame.title = link.dataset["title"] ?? "";
  frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  frame.allowFullscreen = true;
  // YouTube plays nothing for pages that don't say where they are.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = `${address}${id}${id.includes("?") ? "&" : "?"}autoplay=1&dnt=1`;
  return frame;
}
