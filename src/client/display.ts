import { CHOICES } from "../lib/site/theme-boot.ts";

/** A reader's display settings: `theme` and `size`. */
export type Choice = keyof typeof CHOICES;

/** The current choice; empty for the system's theme and the normal size. */
export function chosen(name: Choice): string {
  return document.documentElement.dataset[name] ?? "";
}

/** Applies and stores a choice, then dispatches the event `backfence:display`. */
export function choose(name: Choice, value: string): void {
  const { dataset } = document.documentElement;
  if (value === "") delete dataset[name];
  else dataset[name] = value;
  keep(CHOICES[name], value);
  colourBars();
  choosePictures();
  dispatchEvent(new Event("backfence:display"));
}

/** Sets the color of the browser's toolbars (`theme-color`) to the background color of the chosen theme. */
export function colourBars(): void {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('[name="theme-color"]')) {
    meta.dataset["own"] ??= meta.content;
    meta.content = chosen("theme") === "" ? meta.dataset["own"] : paper;
  }
}

/** Applies the chosen theme, or the system's, to pictures with a dark version. */
export function choosePictures(): void {
  const theme = chosen("theme");
  for (const source of document.querySelectorAll<HTMLSourceElement>("source[data-dark]"))
    source.media = theme === "" ? "(prefers-color-scheme: dark)" : theme === "dark" ? "all" : "not all";
}

/** Stores a choice. Without storage, it applies to this page only. */
function keep(key: string, value: string): void {
  try {
    if (value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch (error) {
    console.info("The choice can't be kept", error);
  }
}
