import fc from "fast-check";
import { expect, test } from "vitest";
import { TypeCase } from "./fonts/type-case.ts";
import { fittedLine, type TitleBlock, titleBlock } from "./layout.ts";
import { sampleTexts } from "./samples.ts";
import { setText, shapeLine, type TextStyle } from "./set-text.ts";
import { temporaryCache } from "./test-tools.ts";

const typeCase = new TypeCase(temporaryCache());
const frame = { width: 1040, height: 248, maxLines: 4, sizes: [112, 88, 72, 56] };
const english: TextStyle = { cut: "title", lang: "en", dir: "ltr" };

function glyphsOf({ lines }: TitleBlock): number[] {
  return lines.flatMap(({ shaped }) => shaped.glyphs.map(({ glyph }) => glyph));
}

test.each(Object.entries(sampleTexts))("no reader meets a box in place of a letter: %s", async (_, text) => {
  const style: TextStyle = { cut: "title", lang: text.lang, dir: text.dir };
  const label: TextStyle = { ...style, cut: "label" };
  const block = await titleBlock(text.title, style, frame, typeCase);
  const small = await Promise.all(
    [text.byline, text.note].map((line) => fittedLine(line, label, 30, typeCase)),
  );
  const glyphs = [...glyphsOf(block), ...small.flatMap((line) => line.glyphs.map(({ glyph }) => glyph))];
  expect(glyphs.length).toBeGreaterThan(5);
  expect(glyphs).not.toContain(0);
  expect(block.undrawn).toEqual([]);
});

test("any title at all fits its frame, without boxes", async () => {
  const title = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ unit: "grapheme" }));
  const style = fc.record({
    lang: fc.constantFrom("en", "ja", "ar", "th", "de"),
    dir: fc.constantFrom("ltr" as const, "rtl" as const),
  });
  await fc.assert(
    fc.asyncProperty(title, style, async (text, { lang, dir }) => {
      const block = await titleBlock(text, { cut: "title", lang, dir }, frame, typeCase);
      expect(glyphsOf(block)).not.toContain(0);
      expect(block.lines.length).toBeLessThanOrEqual(frame.maxLines);
      for (const { shaped } of block.lines)
        expect(shaped.width * block.size).toBeLessThanOrEqual(frame.width + 1);
    }),
    { numRuns: 100 },
  );
});

test("lines of a title are about equally long", async () => {
  const { lines } = await titleBlock(sampleTexts["Latin, long"].title, english, frame, typeCase);
  const widths = lines.map(({ shaped }) => shaped.width);
  expect(Math.min(...widths) / Math.max(...widths)).toBeGreaterThan(0.8);
});

test("a short title is set large, a long one smaller", async () => {
  const short = await titleBlock("Hello", english, frame, typeCase);
  const long = await titleBlock(sampleTexts["Latin, long"].title, english, frame, typeCase);
  expect(short.size).toBe(112);
  expect(long.size).toBeLessThan(112);
});

test("a title without end stops after four lines with an ellipsis", async () => {
  const { lines, size } = await titleBlock(
    "over the fence and back again ".repeat(30),
    english,
    frame,
    typeCase,
  );
  const ellipsis = shapeLine(await setText("…", english, typeCase)).glyphs[0]?.glyph;
  expect(lines).toHaveLength(4);
  expect(lines.at(-1)?.shaped.glyphs.at(-1)?.glyph).toBe(ellipsis);
  expect(size).toBe(56);
});

test("a word longer than a line is divided with a hyphen", async () => {
  const word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenhalterung";
  const { lines } = await titleBlock(word, { ...english, lang: "de" }, frame, typeCase);
  const hyphen = shapeLine(await setText("-", english, typeCase)).glyphs[0]?.glyph;
  expect(lines).toHaveLength(2);
  expect(lines[0]?.shaped.glyphs.at(-1)?.glyph).toBe(hyphen);
});

test("an opening quotation mark hangs in the margin", async () => {
  const { lines } = await titleBlock("“Hello”", english, frame, typeCase);
  expect(lines[0]?.hang).toBeGreaterThan(10);
});

test("too many authors are cut with an ellipsis rather than run off the picture", async () => {
  const style: TextStyle = { ...english, cut: "label" };
  const line = await fittedLine("Nell, Tomás, Ines, ".repeat(20), style, 25, typeCase);
  expect(line.width).toBeLessThanOrEqual(25);
  expect(line.width).toBeGreaterThan(22);
});
