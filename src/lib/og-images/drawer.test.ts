import { expect, test } from "vitest";
import { openDrawer } from "./drawer.ts";
import { sampleTexts } from "./samples.ts";
import { temporaryCache } from "./test-tools.ts";

test("a picture is the same whether it is drawn in a thread or not", async () => {
  const cache = temporaryCache();
  const [here, away] = [openDrawer(cache, Infinity), openDrawer(cache, 0)];
  const texts = Object.values(sampleTexts);
  const drawn = await Promise.all(texts.map((text) => away(text)));
  for (const [at, text] of texts.entries()) {
    const { png, undrawn } = await here(text);
    expect(drawn[at]?.undrawn).toEqual(undrawn);
    expect(Buffer.from(drawn[at]?.png ?? "").equals(png)).toBe(true);
  }
});

test("an author hears why a picture couldn't be drawn in a thread, and the next one is drawn", async () => {
  const draw = openDrawer(temporaryCache(), 0);
  const [text] = Object.values(sampleTexts);
  if (text === undefined) throw new Error("No sample");
  await expect(draw({ ...text, lang: "not a language" })).rejects.toThrow(/locale/);
  expect((await draw(text)).png.length).toBeGreaterThan(1000);
});
