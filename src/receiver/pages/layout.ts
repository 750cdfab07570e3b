/** Layout of the receiver's pages: plain HTML in the blog's look. */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { NO_OWN_WORDS } from "../../i18n/messages.ts";
import type { Translations } from "../../i18n/translations.ts";
import { translationsFor, type WordsSource } from "../../i18n/translations-for.ts";
import type { Direction } from "../../lib/content/model.ts";
import type { Palette } from "../../lib/themes/theme-schema.ts";
import type { ReceiverOptions } from "../options.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Content of a page; `documentOf` adds the document around it. */
export interface Page {
  /** Plain text. */
  readonly title: string;
  readonly body: Html;
  /** URL of an optional script; null for none. */
  readonly script: string | null;
  readonly lang: string;
  readonly dir: Direction;
}

/** Styles, header and texts of the blog. */
export interface Look {
  /** Style sheet of the pages. The receiver serves it and `files`, so that pages load nothing from other hosts. */
  readonly css: string;
  /** Fonts and pictures used by the style sheet and the header, by their names under `/look/`. */
  readonly files: ReadonlyMap<string, LookFile>;
  readonly header: LookHeader;
  /** The blog's language and custom interface texts, for the receiver's pages. */
  readonly words: WordsSource;
}

export interface LookFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Media type. */
  readonly type: string;
}

export interface LookHeader {
  /** The blog's name. */
  readonly title: string;
  /** Language of the name and the links, BCP 47; null when it isn't known. */
  readonly lang: string | null;
  /** Absolute URL of the blog. */
  readonly href: string;
  /** The theme's SVG elements before the name, in a 32 by 32 view box; null for none. */
  readonly mark: string | null;
  /** Logo shown instead of the name; its pictures are in `files`. */
  readonly logo: {
    readonly light: LogoPicture;
    readonly dark: LogoPicture | null;
    readonly alt: string;
  } | null;
  /** Links with absolute URLs. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
}

export interface LogoPicture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** A page in a language. @param title plain text. @param script URL of an optional script. */
export function pageIn(
  { lang, dir }: Pick<Translations, "lang" | "dir">,
  title: string,
  body: Html,
  script: string | null = null,
): Page {
  return { title, body, script, lang, dir };
}

/** The complete HTML document of a page. */
export function documentOf({ title, body, script, lang, dir }: Page, { header }: Look): Html {
  return html`<!doctype html>
    <html lang="${lang}" dir="${dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        ${script === null ? "" : html`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        ${masthead(header)}
        <main class="listing"><div class="column receiver">${body}</div></main>
      </body>
    </html>`;
}

/** The header, with the same elements as the blog's (`Masthead.astro`), since the blog's style sheet applies. */
function masthead({ title, lang, href, mark, logo, links }: LookHeader): Html {
  const language =
    lang === null ? "" : html`lang="${lang}" dir="${translationsFor({ lang, words: NO_OWN_WORDS }).dir}"`;
  const svg =
    mark === null
      ? ""
      : html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
          ${raw(mark)}
        </svg>`;
  const name = logo === null ? html`${svg} ${title}` : logoOf(logo, title);
  const items = links.map(
    (link) =>
      html`<li>
        <a href="${link.href}"><span>${link.label}</span></a>
      </li>`,
  );
  return html`<header class="masthead" ${language}>
    <div class="masthead-in">
      <a class="brand" href="${href}">${name}</a>
      ${
        links.length === 0
          ? ""
          : html`<nav class="rooms" aria-label="${title}">
              <ul>
                ${items}
              </ul>
            </nav>`
      }
    </div>
  </header>`;
}

function logoOf({ light, dark, alt }: NonNullable<LookHeader["logo"]>, title: string): Html {
  const picture = ({ name, width, height }: LogoPicture, kind: string) =>
    html`<img
      class="logo ${kind}"
      src="/look/${name}"
      width="${width}"
      height="${height}"
      alt="${alt || title}"
    />`;
  return dark === null
    ? html`${picture(light, "")}`
    : html`${picture(light, "by-day")}${picture(dark, "by-night")}`;
}

/** Converts plain text to paragraphs. */
export function paragraphs(text: string): Html {
  const parts = text.split(/\n{2,}/).map((part) => {
    const lines = part.split("\n").map((line, index) => html`${index > 0 ? raw("<br>") : ""}${line}`);
    return html`<p>${lines}</p>`;
  });
  return html`${parts}`;
}

/** Colors of the default theme, used while the blog's aren't known. */
export const DEFAULT_COLORS = {
  paper: { light: "#fdfcfa", dark: "#16181b" },
  board: { light: "#f4f2ed", dark: "#202327" },
  ink: { light: "#1b1c1f", dark: "#e9e8e4" },
  inkSoft: { light: "#515359", dark: "#b3b5ba" },
  rail: { light: "#dddad3", dark: "#383c42" },
  railStrong: { light: "#86837c", dark: "#7f848c" },
  accent: { light: "#1d4f91", dark: "#9fc3f3" },
} as const satisfies Partial<Palette>;

/** Fallback while the blog's look isn't known: the default theme's colors, with the host as the name. */
export function plainLook({ site, lang }: Pick<ReceiverOptions, "site" | "lang">): Look {
  return {
    css: PLAIN + CONTROLS,
    files: new Map(),
    words: { lang, words: NO_OWN_WORDS },
    header: { title: new URL(site).host, lang: null, href: site, mark: null, logo: null, links: [] },
  };
}

const pair = ({ light, dark }: Palette["paper"]) => `light-dark(${light}, ${dark})`;

/** Minimal substitute for the blog's style sheets. */
const PLAIN = `\
:root {
  color-scheme: light dark;
  --paper: ${pair(DEFAULT_COLORS.paper)}; --board: ${pair(DEFAULT_COLORS.board)};
  --ink: ${pair(DEFAULT_COLORS.ink)}; --ink-soft: ${pair(DEFAULT_COLORS.inkSoft)};
  --rail: ${pair(DEFAULT_COLORS.rail)}; --rail-strong: ${pair(DEFAULT_COLORS.railStrong)};
  --accent: ${pair(DEFAULT_COLORS.accent)};
  --size-meta: 0.9rem; --size-h2: 1.3rem; --size-h3: 1.125rem; --size-title: 1.75rem;
  --space-2: 0.85rem; --space-3: 1.7rem; --space-4: 2.5rem;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Literata, Georgia, serif; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, blockquote, fieldset { margin: 0; padding: 0; }
h1, h2, h3 { font-weight: 500; line-height: 1.2; }
ul { list-style: none; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
.masthead-in, .listing { max-inline-size: 48rem; margin-inline: auto; padding: 1rem; }
.masthead { border-block-end: 1px solid var(--rail); }
.brand { color: inherit; font-size: 1.25rem; font-weight: 600; text-decoration: none; }
.column { padding-block: 1.5rem 3rem; }
`;

/** Styles of elements that only the receiver's pages have, with the blog's custom properties. */
export const CONTROLS = `\
.receiver > * + *, .receiver form > * + *, .receiver article > * + * { margin-block-start: var(--space-2); }
.receiver h1 { font-size: var(--size-title); line-height: 1.12; }
.receiver > h2 { margin-block-start: var(--space-4); font-size: var(--size-h2); }
.receiver h3, .response h2 { font-size: var(--size-h3); }
.receiver > h1 + * { margin-block-start: var(--space-3); }
.receiver p + p { margin-block-start: var(--space-2); }
.receiver label { display: block; font-size: var(--size-meta); font-weight: 560; }
.receiver label + :is(input, textarea) { margin-block-start: 0.3rem; }
.receiver :is(input, textarea, button) { font: inherit; color: inherit; max-inline-size: 100%; }
.receiver :is(input:not([type="hidden"], [type="checkbox"]), textarea) {
  display: block; inline-size: 100%; padding: 0.55rem 0.8rem; border: 1px solid var(--rail-strong); border-radius: 3px;
  background: color-mix(in oklab, var(--paper), light-dark(#fff, #000) 30%);
}
.receiver textarea { min-block-size: 10rem; line-height: 1.5; resize: vertical; }
.receiver button {
  min-block-size: 2.75rem; padding: 0.45rem 1.1rem; border: 1px solid var(--rail-strong); border-radius: 3px;
  background: none; font-size: var(--size-meta); cursor: pointer;
}
.receiver button:hover { border-color: currentColor; }
.receiver button.primary { border-color: var(--accent); background: var(--accent); color: var(--paper); font-weight: 560; }
.receiver button.primary:hover { border-color: var(--ink); background: var(--ink); }
.receiver :is(.quiet, .hint) { color: var(--ink-soft); font-size: var(--size-meta); }
.receiver .error { padding-inline-start: 0.75rem; border-inline-start: 4px solid var(--accent); }
.receiver .actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.receiver .tabs { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.receiver .response { padding-block-start: var(--space-3); border-block-start: 1px solid var(--rail); }
.receiver > .response { margin-block-start: var(--space-3); }
.receiver blockquote { padding-inline-start: 1rem; border-inline-start: 3px solid var(--rail-strong); }
.receiver fieldset { min-inline-size: 0; padding: 0.75rem 1rem; border: 1px solid var(--rail); border-radius: 3px; }
.receiver summary { cursor: pointer; }
.receiver details > form { margin-block-start: var(--space-2); }
.receiver label.choice { display: flex; gap: 0.5rem; align-items: baseline; font-weight: 400; }
.receiver input[type="checkbox"] { flex: none; inline-size: 1.1rem; block-size: 1.1rem; margin: 0; accent-color: var(--accent); }
.receiver .extra { position: absolute; inset-inline-start: -100vw; block-size: 1px; overflow: hidden; }
`;
