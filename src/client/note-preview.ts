import { overlayStyle } from "./overlay-style.ts";

/** Previews a note at its reference on hover or focus, unless the note is already shown beside the text. */

const box = document.createElement("div");
box.className = "note-preview";
box.popover = "manual";
box.role = "tooltip";
document.body.append(box);

/** Shows the note of a reference. */
export async function show(link: HTMLAnchorElement): Promise<void> {
  const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (note === null || getComputedStyle(note).position === "absolute") return;
  await overlayStyle();
  if (!link.matches(":hover, :focus")) return;
  const copy = note.cloneNode(true);
  if (!(copy instanceof Element)) return;
  for (const back of copy.querySelectorAll(".note-back")) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  box.replaceChildren(...copy.childNodes);
  box.showPopover();
  place(link);
  const listening = new AbortController();
  const { signal } = listening;
  const hide = (event: Event): void => {
    const to = event instanceof MouseEvent || event instanceof FocusEvent ? event.relatedTarget : null;
    if (to instanceof Node && box.contains(to)) return;
    box.hidePopover();
    listening.abort();
  };
  for (const type of ["pointerleave", "blur", "click"]) link.addEventListener(type, hide, { signal });
  box.addEventListener("pointerleave", hide, { signal });
  addEventListener("scroll", hide, { passive: true, signal });
  addEventListener("keydown", (event) => event.key === "Escape" && hide(event), { signal });
}

function place(link: HTMLElement): void {
  const at = link.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = box;
  const left = Math.min(Math.max(8, at.left - offsetWidth / 2), innerWidth - offsetWidth - 8);
  const above = at.top - offsetHeight - 8;
  box.style.left = `${left}px`;
  box.style.top = `${above < 8 ? at.bottom + 8 : above}px`;
}
