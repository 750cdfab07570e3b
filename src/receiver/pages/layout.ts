/** Pages of the receiver: plain HTML that needs no script, with a style sheet of its own. */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Palette } from "../../lib/themes/theme-schema.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page. @param title in plain text. @param script address of a script that the page works without. */
export function layout(title: string, body: Html, script: string | null = null): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        ${script === null ? "" : html`<script type="module" src="${script}"></script>`}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`;
}

/** Paragraphs of plain text. */
export function paragraphs(text: string): Html {
  const parts = text.split(/\n{2,}/).map((part) => {
    const lines = part.split("\n").map((line, index) => html`${index > 0 ? raw("<br>") : ""}${line}`);
    return html`<p>${lines}</p>`;
  });
  return html`${parts}`;
}

/** Colors of the pages, in the light and in the dark appearance. */
export type PageColors = Pick<Palette, "paper" | "ink" | "inkSoft" | "rail" | "accent">;

/** Those of the default theme, where the blog's own aren't known. */
export const DEFAULT_COLORS: PageColors = {
  paper: { light: "#fdfcfa", dark: "#16181b" },
  ink: { light: "#1b1c1f", dark: "#e9e8e4" },
  inkSoft: { light: "#515359", dark: "#b3b5ba" },
  rail: { light: "#dddad3", dark: "#383c42" },
  accent: { light: "#1d4f91", dark: "#9fc3f3" },
};

/** The style sheet of the pages: colors and proportions are the blog's. */
export function styleOf({ paper, ink, inkSoft, rail, accent }: PageColors): string {
  const pair = ({ light, dark }: PageColors["paper"]) => `light-dark(${light}, ${dark})`;
  const colors = `--paper: ${pair(paper)}; --ink: ${pair(ink)}; --quiet: ${pair(inkSoft)}; --line: ${pair(rail)}; --accent: ${pair(accent)};`;
  return `:root { color-scheme: light dark; ${colors} }\n${RULES}`;
}

const RULES = `\
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Literata, Georgia, serif; }
main { max-inline-size: 42rem; margin-inline: auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; }
h2 { font-size: 1.2rem; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px;
}
label { display: block; margin-block-start: 1rem; }
input, textarea, select, button { font: inherit; color: inherit; background: transparent; max-inline-size: 100%; }
input:not([type="hidden"], [type="checkbox"]), textarea {
  inline-size: 100%; border: 1px solid var(--quiet); border-radius: 4px; padding: 0.5rem;
}
textarea { min-block-size: 9rem; }
button { border: 1px solid currentColor; border-radius: 4px; padding: 0.5rem 1rem; min-block-size: 2.75rem; cursor: pointer; }
button.primary { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.quiet, .hint { color: var(--quiet); font-size: 0.9rem; }
.error { border-inline-start: 4px solid var(--accent); padding-inline-start: 0.75rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block: 1rem; }
.response { border-block-start: 1px solid var(--line); padding-block: 1rem; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
fieldset { margin-inline: 0; border: 1px solid var(--line); border-radius: 4px; }
label.choice { display: flex; gap: 0.5rem; align-items: baseline; margin-block-start: 0.25rem; }
input[type="checkbox"] { accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; flex: none; }
table { inline-size: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: 0.5rem 0.5rem 0.5rem 0; border-block-end: 1px solid var(--line); vertical-align: top; }
.extra { position: absolute; inset-inline-start: -100vw; block-size: 1px; overflow: hidden; }
`;
