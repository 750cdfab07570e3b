import type { ImportResult } from "../import-options.ts";
import { counted } from "./counted.ts";

const WIDTH = 900;
/** Width of one year: the chart's width depends on the number of years, so that labels always have the same size. */
const LEAST_STEP = 76;
const MOST_STEP = 100;
const HEIGHT = 240;
const FOOT = 24;
const HEAD = 18;

/** SVG chart of posts and responses by year, with the same figures as a text alternative. */
export function yearChart(years: ImportResult["years"]): string {
  if (years.length === 0) return "<p>No published posts.</p>";
  const mostPosts = Math.max(1, ...years.map(({ posts }) => posts));
  const mostResponses = Math.max(1, ...years.map(({ responses }) => responses));
  const step = Math.min(MOST_STEP, Math.max(LEAST_STEP, WIDTH / years.length));
  const width = step * years.length;
  const bar = step * 0.42;
  const space = HEIGHT - FOOT - HEAD;
  const columns = years.map(({ year, posts, responses }, index) => {
    const middle = step * (index + 0.5);
    const [tall, wide] = [(posts / mostPosts) * space, (responses / mostResponses) * space];
    return [
      rectangle("posts", middle - bar, HEIGHT - FOOT - tall, bar, tall, `${year}: ${counted(posts, "post")}`),
      rectangle(
        "responses",
        middle,
        HEIGHT - FOOT - wide,
        bar,
        wide,
        `${year}: ${counted(responses, "response")}`,
      ),
      label(middle, HEIGHT - 6, String(year)),
      posts > 0 ? label(middle - bar / 2, HEIGHT - FOOT - tall - 4, String(posts)) : "",
      responses > 0 ? label(middle + bar / 2, HEIGHT - FOOT - wide - 4, String(responses)) : "",
    ].join("");
  });
  const words = years
    .map(
      ({ year, posts, responses }) => `${year}: ${counted(posts, "post")}, ${counted(responses, "response")}`,
    )
    .join("; ");
  return `<figure><section class="scroll" aria-label="By year" tabindex="0"><svg viewBox="0 0 ${round(width)} ${HEIGHT}" width="${round(width)}" height="${HEIGHT}" role="img" aria-label="${words}">${columns.join("")}</svg></section>
<figcaption><span class="key posts"></span>&nbsp;Left: published posts and notes. <span class="key responses"></span>&nbsp;Right: responses, on a scale of their own.</figcaption></figure>`;
}

function rectangle(kind: string, x: number, y: number, width: number, height: number, title: string): string {
  return `<rect class="${kind}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="2"><title>${title}</title></rect>`;
}

function label(x: number, y: number, words: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="middle">${words}</text>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
