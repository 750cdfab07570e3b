/**
 * Notes beside the words that name them, where the style sheet alone can't do it: in texts with wide pictures or
 * pulled quotations, with many notes, and in browsers without anchors. The list at the end then steps back.
 */

const wide = matchMedia("(min-width: 75rem)");
const list = document.querySelector<HTMLElement>(".footnotes");
const links = [...document.querySelectorAll<HTMLAnchorElement>(".note-ref a")];

/** Puts the notes into the margin, and back to the end when the window grows narrow. */
export function setNotesAside(): void {
  for (const link of links) {
    const note = document.getElementById(link.hash.slice(1));
    const isFirst = /^fnref-\d+$/.test(link.id);
    if (note !== null && isFirst) link.parentElement?.after(sideNote(note));
  }
  arrange();
  wide.addEventListener("change", arrange);
}

function sideNote(note: Element): HTMLElement {
  const side = document.createElement("small");
  side.className = "side-note";
  side.id = note.id.replace("fn", "side");
  side.role = "note";
  side.dataset["number"] = note.id.replace("fn-", "");
  for (const block of note.children) {
    const part = document.createElement("span");
    part.append(...block.cloneNode(true).childNodes);
    for (const surplus of part.querySelectorAll(".note-back")) surplus.remove();
    side.append(part, " ");
  }
  return side;
}

/** Numbers lead to the note that is seen. */
function arrange(): void {
  list?.toggleAttribute("data-aside", wide.matches);
  for (const link of links) link.hash = link.hash.replace(/^#\w+/, wide.matches ? "#side" : "#fn");
}
