import { CHOICES } from "../lib/site/theme-boot.ts";

/** A reader's display settings: `theme` and `size`. */
export type Choice = keyof typeof CHOICES;

/** The current choice; empty for the system's theme and the normal size. */
export function chosen(name: Choice): string {
  return document.documentElement.dataset[name] ?? "";
}

/** Puts a choice on the page and keeps it. Tells the page by an event, `backfence:display`. */
export function choose(name: Choice, value: string): void {
  const { dataset } = document.documentElement;
  if (value === "") delete dataset[name];
  else dataset[name] = value;
  keep(CHOICES[name], value);
  colourBars();
  choosePictures();
  dispatchEvent(new Event("backfence:display"));
}

/** The browser's own bars take the colour of the paper. */
export function colourBars(): void {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('[name="theme-color"]')) {
    meta.dataset["own"] ??= meta.content;
    meta.content = chosen("theme") === "" ? meta.dataset["own"] : paper;
  }
}

/** Pictures with a version for the dark appearance follow the choice, or else the system. */
export function choosePictures(): void {
  const theme = chosen("theme");
  for (const source of document.querySelectorAll<HTMLSourceElement>("source[data-dark]"))
    source.media = theme === "" ? "(prefers-color-scheme: dark)" : theme === "dark" ? "all" : "not all";
}

/** Without storage the choice holds for this page. */
function keep(key: string, value: string): void {
  try {
    if (value === "") localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch (error) {
    console.info("The choice can't be kept", error);
  }
}
