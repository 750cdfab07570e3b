/** Styles of the report. */
export const REPORT_CSS = `:root { color-scheme: light dark; --ink: light-dark(#1d1b16, #ece7dc); --paper: light-dark(#fdfbf6, #1a1916); --line: light-dark(#d8d0c0, #45413a); --wood: light-dark(#8a5a2b, #d8a46c); --leaf: light-dark(#3f6b4f, #8fc3a2); }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
main { max-inline-size: 60rem; margin-inline: auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin-block: 0 .5rem; }
h2 { font-size: 1.3rem; margin-block: 2.5rem .75rem; }
.lead { font-size: 1.15rem; margin-block: 0 1.5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.figures li { font-size: .95rem; border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .4rem .7rem; border-block-end: 1px solid var(--line); text-align: end; }
th:first-child { text-align: start; white-space: nowrap; }
figure { margin: 0; }
figcaption { margin-block-start: .5rem; }
svg { display: block; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); }
.posts { fill: var(--wood); background: var(--wood); }
.responses { fill: var(--leaf); background: var(--leaf); }
.key { display: inline-block; inline-size: .75em; block-size: .75em; border-radius: 2px; }
code { font-size: .9em; }
summary { cursor: pointer; }
.texts > summary { font-size: 1.15rem; margin-block: 2rem 1rem; }
`;
