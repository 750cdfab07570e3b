/**
 * Places notes in the margin beside their references where CSS alone can't: in texts with wide pictures or pull quotes,
 * with many notes, and in browsers without anchor positioning. The list of notes at the end is then hidden.
 */

const wide = matchMedia("(min-width: 75rem)");
const list = document.querySelector<HTMLElement>(".footnotes");
const links = [...document.querySelectorAll<HTMLAnchorElement>(".note-ref a")];

/** Moves the notes to the margin, and back to the end when the window becomes narrow. */
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

/** Points the references to the visible copy of each note. */
function arrange(): void {
  list?.toggleAttribute("data-aside", wide.matches);
  for (const link of links) link.hash = link.hash.replace(/^#\w+/, wide.matches ? "#side" : "#fn");
}
