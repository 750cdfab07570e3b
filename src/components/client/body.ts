/**
 * Brings to life what authors put into a text. Everything works as a plain link before; each part is fetched when
 * the reader asks for it, or where the text has something for it.
 */

if (document.querySelector("pre[data-code]") !== null) {
  void import("./code-copy.ts").then(({ addCopyButtons }) => addCopyButtons());
}

addEventListener("click", (event) => {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { target } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a.zoom, a[data-video]") : null;
  if (link === null) return;
  event.preventDefault();
  const opening =
    link.dataset["video"] === undefined
      ? import("./picture-zoom.ts").then(({ openPicture }) => openPicture(link))
      : import("./video-player.ts").then(({ play }) => play(link));
  opening.catch(() => location.assign(link.href));
});
