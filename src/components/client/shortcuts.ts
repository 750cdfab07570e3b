/** Single keys, and the sheet that explains them. Fetched with the first of them that is pressed. */

const OFF = "backfence-keys";
const sheet = document.querySelector<HTMLDialogElement>("[data-shortcuts]");
const toggle = sheet?.querySelector<HTMLInputElement>("input");

toggle?.addEventListener("change", () => {
  if (toggle.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "off");
});

/** Opens the sheet. */
export function showHelp(): void {
  document.querySelector<HTMLElement>("[data-display]")?.hidePopover();
  if (toggle) toggle.checked = isOn();
  sheet?.showModal();
}

/** Does what a key stands for. `?` works even when a reader switched the others off. */
export function press(key: string): void {
  if (sheet?.open === true) return;
  if (key === "?") showHelp();
  else if (isOn()) actions[key]?.();
}

const actions: Readonly<Record<string, () => void>> = {
  h: () => follow(".brand[href]"),
  n: () => follow('.neighbours [rel="next"], .pager [rel="next"]'),
  p: () => follow('.neighbours [rel="prev"], .pager [rel="prev"]'),
  r: () => {
    location.hash = "responses";
  },
  t: nextTheme,
};

function follow(selector: string): void {
  document.querySelector<HTMLAnchorElement>(selector)?.click();
}

function nextTheme(): void {
  const themes = [...document.querySelectorAll<HTMLInputElement>('[data-display] [name="theme"]')];
  const chosen = themes.findIndex((theme) => theme.checked);
  themes[(chosen + 1) % themes.length]?.click();
}

function isOn(): boolean {
  return localStorage.getItem(OFF) === null;
}
