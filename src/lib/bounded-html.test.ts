import { describe, expect, test } from "vitest";
import { cpuClock } from "../../tests/support/cpu-clock.ts";
import { sendHtml, startServer } from "../../tests/support/http-server.ts";
import { HtmlTooLargeError, inTime, parseBounded } from "./bounded-html.ts";
import { checkSource } from "./protocols/check-source.ts";
import { discoverEndpoint } from "./protocols/discover.ts";
import { createGuardedClient } from "./protocols/guarded-fetch.ts";
import { fetchReplyContext } from "./responses/pull/fetch-context.ts";
import { readEntry } from "./responses/mf2-entry.ts";
import { safeResponseHtml, sanitizeHtml } from "./responses/sanitize.ts";

/** Repeats a pattern up to at least a length, with `#` replaced by a rising number. */
function filled(pattern: string, length: number): string {
  const parts: string[] = [];
  for (let at = 0, size = 0; size < length; at += 1) {
    const part = pattern.replaceAll("#", String(at));
    parts.push(part);
    size += part.length;
  }
  return parts.join("");
}

/** One half of the text from one pattern, the other half from another. */
const both = (first: string, second: string) => (length: number) =>
  filled(first, length / 2) + filled(second, length / 2);

const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  "blocks in blocks": (length) => filled("<div>", length),
  "formatting in formatting": (length) => filled("<b>", length),
  "formatting that each block opens again": both("<b id=#>", "<p>x"),
  "formatting with attributes that each block opens again": both("<i a#=1 b#=2 c#=3 d#=4 e#=5>", "<p>x"),
  "one tag of many attributes, opened again": (length) =>
    `<b ${filled("a# ", length / 2)}>${filled("<p>x", length / 2)}`,
  "formatting closed across blocks": both("<b id=#><div>", "</b>"),
  "links in links": (length) => filled("<a href=x>", length),
  "links across tables": (length) => filled("<a href=#><table>", length),
  "lists in lists": (length) => filled("<ul><li>", length),
  "tables in tables": (length) => filled("<table><tr><td>", length),
  "quotations in quotations": (length) => filled("<blockquote>", length),
  "drawings in drawings": (length) => `<svg>${filled("<g>", length)}`,
  "formulas in formulas": (length) => filled("<math><mi>", length),
  "templates in templates": (length) => filled("<template>", length),
  "entries in entries": (length) => filled('<div class="h-entry">', length),
  "an attribute of many words": (length) => `<a href=x rel="${filled("w# ", length)}" class="h-entry">x</a>`,
  "comments that don't end": (length) => filled("<!--", length),
  "tags that don't end": (length) => filled("<title", length),
};

/** Pattern whose tree exceeds the bounds at twice the length of the others. */
const LARGEST = "formatting closed across blocks";
/** Below the maximum size of a fetched page, so that nothing is truncated. */
const PAGE_LENGTH = 100_000;
const PAGE = "https://ada.example/notes/1";

describe.each(Object.entries(SHAPES))("%s", (name, shape) => {
  test("on a page is parsed or rejected in time, by every parser of pages", async () => {
    const html = shape(name === LARGEST ? 2 * PAGE_LENGTH : PAGE_LENGTH);
    await using server = await startServer((_request, response) => sendHtml(response, html));
    const client = createGuardedClient({ siteUrl: PAGE, allowLoopback: true });
    const url = `${server.origin}/`;
    const spentMs = cpuClock();
    const discovered = await discoverEndpoint(url, client).then(
      ({ found }) => found,
      (error: { code?: string }) => error.code,
    );
    expect([null, "too-complex"]).toContain(discovered);
    if (name === LARGEST) expect(discovered).toBe("too-complex");
    // A page that can't be parsed must not count as unlinked: its response would be deleted.
    const { state } = await checkSource(url, "https://me.example/", client);
    expect(["unlinked", "unreadable"]).toContain(state);
    expect(state === "unreadable").toBe(discovered === "too-complex");
    await readEntry(html, PAGE);
    const context = await fetchReplyContext(client, url, new Date());
    expect(context === null).toBe(discovered === "too-complex");
    expect(spentMs()).toBeLessThan(15_000);
  });

  test("in a response becomes safe HTML or plain text, in time", () => {
    const html = shape(39_000);
    const spentMs = cpuClock();
    const safe = sanitizeHtml(html);
    const shown = safeResponseHtml({ html, text: "What it says" });
    expect(spentMs()).toBeLessThan(10_000);
    if (safe === null) expect(shown).toBe("<p>What it says</p>");
    expect(shown.length).toBeLessThan(1_000_000);
  });
});

test("rejected HTML gets an error with the exceeded limit", () => {
  const bounds = { elements: 100, attributes: 100, depth: 50 };
  const told = (html: string) => () => parseBounded(html, bounds);
  expect(told("<p>".repeat(200))).toThrow("more than 100 elements");
  expect(told(`<p ${filled("a# ", 800)}>`)).toThrow("more than 100 attributes");
  expect(told("<div>".repeat(60))).toThrow("deeper than 50");
  expect(told("<template>".repeat(60))).toThrow("deeper than 50");
  expect(() => inTime(50, () => spin())).toThrow(HtmlTooLargeError);
});

test("work within the time limit returns its result and throws its own errors", () => {
  expect(inTime(1000, () => "done")).toBe("done");
  const own = new Error("its own");
  expect(() =>
    inTime(1000, () => {
      throw own;
    }),
  ).toThrow(own);
});

test("a long legitimate page and a long legitimate response are parsed", async () => {
  const rows = filled('<tr class="row"><td><a href="/#">one</a></td><td>two</td></tr>', 500_000);
  const page = `<div class="h-entry"><p class="p-name">A table</p><table>${rows}</table></div>`;
  expect((await readEntry(page, PAGE))?.title).toBe("A table");
  const answer = filled(
    "<p>Some <b>bold</b> and <a href='https://x.example/#'>linked</a> words.</p>",
    20_000,
  );
  expect(sanitizeHtml(answer)?.html).toContain("<p>Some <b>bold</b>");
});

test("a plain-text page or one with an invalid base URL doesn't stop a pull", async () => {
  expect(await readEntry("hello", PAGE)).toBeNull();
  expect(await readEntry("", PAGE)).toBeNull();
  const entry = '<base href="http://["><div class="h-entry"><a class="u-url" href="x">y</a></div>';
  await expect(readEntry(entry, PAGE)).resolves.not.toThrow();
});

function spin(): never {
  for (;;);
}
