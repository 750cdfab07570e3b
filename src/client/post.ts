/** Script of post pages that runs on load. */

const contents = document.querySelector("[data-contents]");
const places = document.querySelector<HTMLElement>("[data-places]")?.dataset["places"];
const exit = document.querySelector<HTMLAnchorElement>("[data-exit]");

if (document.querySelector(".footnotes") !== null) {
  if (!notesStandAside()) void import("./side-notes.ts").then((notes) => notes.setNotesAside());
  addEventListener("pointerover", previewNote);
  addEventListener("focusin", previewNote);
}
if (document.querySelector("pre[data-code]") !== null) {
  void import("./code-copy.ts").then((code) => code.defineCodeCopy());
}
addEventListener("click", openInPlace);
if (places !== undefined) {
  followFragment();
  addEventListener("hashchange", followFragment);
}
if (contents !== null) followContents(contents);
if (exit !== null) leaveQuickly(exit);

/** Redirects to the page that contains the linked response, if it isn't on this page. */
function followFragment(): void {
  if (location.hash !== "") void import("./response-redirect.ts").then((moved) => moved.follow(places ?? ""));
}

/** Whether CSS alone places the notes beside the text; see styles/article/footnotes.css. */
function notesStandAside(): boolean {
  const hinders = ".body > :is(.wide, .margin, .pull), .footnotes li:nth-child(9)";
  return CSS.supports("top: max(anchor(--a top), 1px)") && document.querySelector(hinders) === null;
}

/** Marks the current section in the table of contents. */
function followContents(nav: Element): void {
  const links = new Map(
    [...nav.querySelectorAll<HTMLAnchorElement>("a")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      const [first] = links.keys();
      const isAboveAll = entries.some(
        ({ target, isIntersecting, boundingClientRect }) =>
          target.id === first && !isIntersecting && boundingClientRect.top > 0,
      );
      if (isAboveAll) for (const link of links.values()) link.removeAttribute("data-here");
      if (entered === undefined) return;
      for (const [id, link] of links) link.toggleAttribute("data-here", id === entered.target.id);
    },
    { rootMargin: "0px 0px -70%" },
  );
  // A jump to the top can skip the first heading, so the post's header is observed, too.
  const head = document.querySelector(".post-head");
  for (const place of [head, ...[...links.keys()].map((id) => document.getElementById(id))])
    if (place !== null) observer.observe(place);
}

/** On a click on the link, or Esc three times in two seconds, replaces this page, so that "back" skips it. */
function leaveQuickly(link: HTMLAnchorElement): void {
  let presses: number[] = [];
  const leave = (event: Event): void => {
    event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(link.href);
  };
  link.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (presses.length >= 3) leave(event);
  });
}

/** Enlarges pictures and plays videos in place; if the script can't be loaded, the link is followed instead. */
function openInPlace(event: MouseEvent): void {
  const link =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.zoom,a[data-video]") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const opening = link.matches(".zoom")
    ? import("./picture-zoom.ts").then((zoom) => zoom.openPicture(link))
    : import("./video-player.ts").then((player) => player.playVideo(link));
  opening.catch(() => location.assign(link.href));
}

function previewNote({ target }: Event): void {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>(".note-ref a") : null;
  if (link !== null) void import("./note-preview.ts").then((preview) => preview.show(link));
}
