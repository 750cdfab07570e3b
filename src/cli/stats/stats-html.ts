/** Renders the statistics as a standalone HTML page with plots, for light and dark mode, without scripts. */
import { escapeHtml } from "../../lib/escape.ts";
import { REPORT_CSS } from "../../lib/import/report/report-css.ts";
import { yearChart } from "../../lib/import/report/year-chart.ts";
import type { Counts, MoreFigures } from "./figures.ts";

const CSS = `figure { margin-inline: 0; overflow-x: auto; }
figure svg { min-inline-size: 36rem; }
.bars { table-layout: fixed; inline-size: 100%; }
.bars th { inline-size: 40%; font-weight: normal; overflow-wrap: anywhere; }
.bars .bar { inline-size: auto; }
.bars td:last-child { inline-size: 5rem; text-align: end; white-space: nowrap; overflow-wrap: normal; }
.bars :is(th, td) { border: 0; padding: .25rem .5rem .25rem 0; }
.bars svg { display: block; inline-size: 100%; min-inline-size: 0; block-size: .9rem; }
`;

/** The HTML of the page. @param title name of the blog. @param day date of the figures, such as `2026-05-01`. */
export function statsHtml(title: string, day: string, figures: MoreFigures): string {
  const responses = figures.responses.reduce((sum, [, count]) => sum + count, 0);
  const average = figures.posts === 0 ? 0 : Math.round(figures.words / figures.posts);
  const heading = `${title} in figures`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(heading)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<style>
${REPORT_CSS}${CSS}</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
<p class="lead">Published posts and approved responses on <time datetime="${day}">${day}</time>.</p>
<ul class="figures">
${figure(figures.posts, "posts")}${figure(figures.words, "words")}${figure(average, "words a post")}${figure(responses, "responses")}${figure(figures.drafts, "drafts")}${figure(figures.scheduled, "scheduled")}</ul>
<h2>By year</h2>
${yearChart(figures.years)}
${section("Words by year", figures.wordsByYear)}
${section("Posts by length in words", figures.lengths)}
${section("Tags", figures.tags)}
${section("Posts by author", figures.authors)}
${section("Responses by kind", byKind(figures.responses))}
${section("Most discussed", figures.mostDiscussed)}
</main>
</body>
</html>
`;
}

function figure(count: number, noun: string): string {
  return `<li><strong>${count.toLocaleString("en")}</strong> ${noun}</li>\n`;
}

/** A heading and a table of numbers with bars; empty without figures. */
function section(title: string, counts: Counts): string {
  if (counts.length === 0) return "";
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const rows = counts.map(([name, count]) => {
    const width = Math.round((count / most) * 1000) / 10;
    return `<tr><th scope="row">${escapeHtml(name)}</th><td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="posts" width="${width}" height="10"></rect></svg></td><td>${count.toLocaleString("en")}</td></tr>`;
  });
  return `<h2>${title}</h2>\n<table class="bars">\n${rows.join("\n")}\n</table>`;
}

/** Labels of response kinds, by `wm-property`. */
const KINDS: Readonly<Record<string, string>> = {
  "in-reply-to": "Replies",
  "like-of": "Likes",
  "mention-of": "Mentions",
  "bookmark-of": "Bookmarks",
  "repost-of": "Reposts",
  rsvp: "RSVPs",
};

function byKind(responses: Counts): Counts {
  return responses.map(([kind, count]) => [KINDS[kind] ?? kind, count]);
}
