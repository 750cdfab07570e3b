export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Whether the bar is drawn in the accent color. */
  readonly isOwn: boolean;
}

const WIDTH = 720;
const LABELS = 220;
const ROW = 30;
const TOP = 44;

/** Returns a horizontal bar chart as SVG, readable on light and dark backgrounds. Values are in seconds. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const lengthOf = (value: number): number => Math.max(2, (value / most) * (WIDTH - LABELS - 80));
  const rows = bars.map(({ name, value, isOwn }, at) => {
    const y = TOP + at * ROW;
    const length = lengthOf(value).toFixed(1);
    return [
      `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end">${name}</text>`,
      `<rect class="${isOwn ? "own" : "other"}" x="${LABELS}" y="${y}" width="${length}" height="20" rx="2"/>`,
      `<text x="${(LABELS + Number(length) + 8).toFixed(1)}" y="${y + 15}">${value.toFixed(1)} s</text>`,
    ].join("\n  ");
  });
  const height = TOP + bars.length * ROW + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
  <title id="title">${title}</title>
  <style>
    text { font: 14px system-ui, sans-serif; fill: #33302b; }
    .title { font-weight: 600; }
    .own { fill: #a8401f; }
    .other { fill: #b9b0a2; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8e1d5; }
      .own { fill: #f0906b; }
      .other { fill: #6d665c; }
    }
  </style>
  <text class="title" x="10" y="24">${title}</text>
  ${rows.join("\n  ")}
</svg>
`;
}
