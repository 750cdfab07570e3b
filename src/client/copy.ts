const SHOWN_MS = 2000;

/**
 * Copies an address, and confirms it on the control for 2 seconds.
 * @param control pressed element: a button with `data-done`, or a link to a heading.
 * @param text text to copy; the default is the link's address.
 */
export async function copyFrom(control: HTMLElement, text: string | undefined): Promise<void> {
  control.ariaLive = "polite";
  const address = text ?? (control instanceof HTMLAnchorElement ? control.href : "");
  await navigator.clipboard.writeText(address);
  const said = control.textContent;
  control.dataset["copied"] = "";
  if (control.dataset["done"] !== undefined) control.textContent = control.dataset["done"];
  setTimeout(() => {
    delete control.dataset["copied"];
    if (control.textContent !== said) control.textContent = said;
  }, SHOWN_MS);
}
