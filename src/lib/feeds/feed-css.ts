/**
 * Returns the style sheet that makes a feed readable in a browser. RSS and Atom look the same; only their element names
 * differ. Markup that would appear as text (`content`) and machine-readable elements stay hidden. The style sheet
 * generates no text, because generated text can't be translated or selected.
 */
export function feedStyleSheet(): string {
  return FEED_CSS;
}

const FEED_CSS = `@namespace atom "http://www.w3.org/2005/Atom";
:root {
  color-scheme: light dark;
  display: block;
  max-inline-size: 42rem;
  margin-inline: auto;
  padding: 2rem 1.25rem 4rem;
  background: Canvas;
  color: CanvasText;
  font: 1.0625rem/1.6 system-ui, sans-serif;
}
* { display: none; unicode-bidi: plaintext; }
rss > channel, channel > title, channel > description, channel > link, channel > item,
item > title, item > link, item > pubDate, item > description,
feed > title, feed > subtitle, feed > entry,
entry > title, entry > summary, entry > published, entry > author, entry > author > name { display: block; }
channel > title, feed > title { font-size: 1.75rem; font-weight: 700; line-height: 1.2; }
channel > description, feed > subtitle { margin-block-start: 0.5rem; }
channel > link { overflow-wrap: anywhere; opacity: 0.75; }
item, entry { margin-block-start: 2rem; padding-block-start: 1.25rem; border-block-start: 1px solid GrayText; }
item > title, entry > title { font-size: 1.25rem; font-weight: 650; line-height: 1.3; }
item > link, item > pubDate, entry > published, entry > author { font-size: 0.875rem; opacity: 0.75; overflow-wrap: anywhere; }
channel > atom|link { display: none; }
item > description, entry > summary { margin-block-start: 0.5rem; }
`;
