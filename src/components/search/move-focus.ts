/**
 * Moves the focus with the arrow keys between the field and the links of the results; typing on a result moves the
 * focus back to the field.
 */
export function moveFocus(event: KeyboardEvent, root: HTMLElement, field: HTMLInputElement): void {
  const { key, target, isComposing } = event;
  if (isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...root.querySelectorAll<HTMLAnchorElement>(".hits a")];
  const place = links.findIndex((link) => link === target);
  if (target !== field && place < 0) return;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    const next = links[place + (key === "ArrowDown" ? 1 : -1)];
    if (next !== undefined) next.focus();
    else if (key === "ArrowUp") field.focus();
  } else if (place >= 0 && (key === "Backspace" || /^[^\s]$/u.test(key))) {
    field.focus();
  }
}
