import { linesOutsideFences } from "./fences.ts";

const START =
  /^([ \t]*)(?:\{\{[<%]\s*highlight\s+(.*?)\s*[>%]\}\}|\{%-?\s*(highlight|codeblock|code)\b\s*(.*?)\s*-?%\})[ \t]*$/;
const END =
  /^[ \t]*(?:\{\{[<%]\s*\/\s*highlight\s*[>%]\}\}|\{%-?\s*end(?:highlight|codeblock|code)\s*-?%\})[ \t]*$/;

/**
 * Converts `{{< highlight go >}}` (Hugo), `{% highlight go %}` (Jekyll) and `{% codeblock %}` (Hexo) with their content
 * to fenced code blocks. The number of lines doesn't change.
 */
export function convertCodeShortcodes(text: string): string {
  if (!/highlight|codeblock|\{%-?\s*code/.test(text)) return text;
  const lines = text.split("\n");
  const isText = linesOutsideFences(lines);
  for (let at = 0; at < lines.length; at += 1) {
    const start = isText[at] === true ? START.exec(lines[at] ?? "") : null;
    const end = start === null ? -1 : lines.findIndex((one, index) => index > at && END.test(one));
    if (start === null || end === -1) continue;
    const [, indent = "", hugo, , liquid = ""] = start;
    const ticks = ticksAround(lines.slice(at + 1, end).join("\n"));
    const info = hugo === undefined ? infoOfLiquid(liquid) : infoOfHugo(hugo);
    lines[at] = `${indent}${ticks}${info}`;
    lines[end] = `${indent}${ticks}`;
    at = end;
  }
  return lines.join("\n");
}

function ticksAround(code: string): string {
  return "`".repeat(Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length)) + 1);
}

/** Converts Hugo's arguments, such as `go "linenos=table,hl_lines=1 3-4"`, to a fence's info string. */
function infoOfHugo(written: string): string {
  const [, lang = "", options = ""] = /^["']?([\w+#.-]*)["']?\s*(.*)$/.exec(written) ?? [];
  const plain = options.replaceAll(/^["'`]|["'`]$/g, "").replaceAll('\\"', '"');
  if (plain === "") return lang;
  return /["'[{]/.test(plain) ? `${lang} {${plain}}` : `${lang},${plain}`;
}

/** Converts Jekyll's `go linenos mark_lines="1 3"` or Hexo's `A title lang:go mark:1,3` to a fence's info string. */
function infoOfLiquid(written: string): string {
  const named = /\blang:(\S+)/.exec(written)?.[1];
  // Eleventy and Nunjucks quote the language name.
  const [, quoted] = /^["']([\w+#.-]+)["'](?=$|[\s,])/.exec(written) ?? [];
  if (quoted !== undefined) return infoOfLiquid(quoted + written.slice(quoted.length + 2).replace(/^,/, ""));
  if (named === undefined && /^[\w+#.-]+(?:\s+(?:linenos|mark_lines|hl_lines)\b.*)?$/.test(written))
    return written.replace("mark_lines=", "hl_lines=");
  const marks = /\bmark:[\d,-]+/.exec(written)?.[0] ?? "";
  const title = written
    .replaceAll(/\b(?:lang|mark|line_number|highlight|first_line|wrap|url):\S+|https?:\S+/g, "")
    .trim();
  const titled = title === "" ? "" : ` title="${title.replaceAll('"', "'")}"`;
  return `${named ?? "text"}${titled} ${marks}`.trim();
}
