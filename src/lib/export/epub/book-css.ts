/** Style sheet of a book; minimal, since reading systems and readers choose fonts and colors. */
export const BOOK_CSS = `body { line-height: 1.5; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; hyphens: none; break-after: avoid; }
h1 { margin: 0.2em 0 0.6em; }
img { max-width: 100%; height: auto; }
figure { margin: 1.2em 0; text-align: center; break-inside: avoid; }
figcaption, .byline, .source, .response-head { font-size: 0.85em; }
.standfirst { font-size: 1.1em; font-style: italic; }
.content-note, .question { border-block: 1px solid; padding-block: 0.6em; margin-block: 1.2em; }
.question { font-weight: bold; }
blockquote { margin-inline: 1.5em 0; padding-inline-start: 1em; border-inline-start: 2px solid; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85em; line-height: 1.4; text-align: start; }
code, kbd, samp { overflow-wrap: anywhere; }
table { border-collapse: collapse; margin-block: 1em; max-width: 100%; font-size: 0.9em; }
th, td { border: 1px solid; padding: 0.25em 0.5em; text-align: start; vertical-align: top; }
dt { font-weight: bold; }
.film { margin: 1.2em 0; text-align: center; }
.notes { margin-block-start: 2em; font-size: 0.9em; }
.notes aside { margin-block: 0.6em; }
.note-number { float: inline-start; margin: 0; margin-inline-end: 0.5em; }
.conversation { margin-block-start: 3em; border-block-start: 1px solid; }
.response { margin-block: 1.2em; }
.response-head, .response-text p { margin-block: 0.3em; }
.replies { margin-inline-start: 1.2em; padding-inline-start: 0.8em; border-inline-start: 1px solid; }
.front { text-align: center; break-after: page; }
.front img { max-height: 98vh; }
nav ol { list-style: none; padding-inline-start: 1em; }
`;
