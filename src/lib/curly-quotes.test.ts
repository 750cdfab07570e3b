import { expect, test } from "vitest";
import { curlyQuotes } from "./curly-quotes.ts";

test.each([
  [`"It's here," she said.`, "“It’s here,” she said."],
  [`He said ("so 'they' say") in the '90s`, "He said (“so ‘they’ say”) in the ’90s"],
  [`<p>"Yes."</p><p>"No."</p>`, "<p>“Yes.”</p><p>“No.”</p>"],
  [`<p>"<em>Really</em>" it isn&#39;t &quot;so&quot;</p>`, "<p>“<em>Really</em>” it isn’t “so”</p>"],
  [
    `<a href="https://a.example/" title='x'>Nell's</a> <code>"a" 'b'</code> 'c'`,
    `<a href="https://a.example/" title='x'>Nell’s</a> <code>"a" 'b'</code> ‘c’`,
  ],
])("%s has curly quotes", (straight, curly) => {
  expect(curlyQuotes(straight, "en")).toBe(curly);
  expect(curlyQuotes(straight, "de")).toBe(straight);
});
