import { overlayStyle } from "./overlay-style.ts";

/**
 * Opens a picture in a dialog: arrow keys and swipes show the next one; Esc and a click outside the picture close it.
 * Loaded when the first picture is clicked; without it, each picture links to its full size.
 * @param opener the link around the picture.
 */
export async function openPicture(opener: HTMLAnchorElement): Promise<void> {
  await overlayStyle();
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a.zoom")];
  const [close = "", previous = "", next = ""] = (opener.dataset["zoom"] ?? "").split("|");
  let at = links.indexOf(opener);
  const dialog = document.createElement("dialog");
  dialog.className = "zoom-box";
  const picture = new Image();
  const caption = document.createElement("p");
  caption.ariaLive = "polite";

  const show = (step: number): void => {
    at = (at + step + links.length) % links.length;
    const link = links[at];
    if (link === undefined) return;
    picture.src = link.href;
    picture.alt = link.querySelector("img")?.alt ?? "";
    dialog.ariaLabel = picture.alt;
    caption.textContent = link.nextElementSibling?.textContent ?? "";
  };
  const button = (sign: string, label: string, action: () => void): HTMLButtonElement => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.ariaLabel = label;
    made.onclick = action;
    return made;
  };
  const forward = getComputedStyle(opener).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  dialog.onkeydown = ({ key }) => {
    if (key === "ArrowLeft" || key === "ArrowRight") show(key === forward ? 1 : -1);
  };
  let start = 0;
  dialog.onpointerdown = ({ clientX }) => (start = clientX);
  dialog.onpointerup = ({ clientX, target, pointerType }) => {
    const moved = clientX - start;
    if (Math.abs(moved) > 40 && pointerType !== "mouse")
      show(moved < 0 === (forward === "ArrowRight") ? 1 : -1);
    else if (target === dialog) dialog.close();
  };
  dialog.onclose = () => {
    dialog.remove();
    opener.focus();
  };
  dialog.append(
    picture,
    caption,
    button("×", close, () => dialog.close()),
  );
  if (links.length > 1) {
    dialog.append(
      button("‹", previous, () => show(-1)),
      button("›", next, () => show(1)),
    );
  }
  show(0);
  document.body.append(dialog);
  dialog.showModal();
}
