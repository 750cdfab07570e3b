import { blogFolder } from "../../tests/support/blog-folder.ts";
import { expect, test } from "vitest";
import { AuthorError } from "../lib/author-error.ts";
import { existingFile, parseOptions } from "./options.ts";

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
  throw new Error("Nothing was wrong");
}

test("defaults apply without options", () => {
  expect(parseOptions({})).toMatchObject({ contentDir: "content", components: {}, customCss: [], head: [] });
});

test.each([
  [{ component: {} }, "unknown option `component`", "Did you mean `components`?"],
  [{ components: { Foter: "./x.astro" } }, "no component `Foter`", "Did you mean `Footer`?"],
  [{ head: [{ tag: "div" }] }, "`head.0.tag` should be", "link"],
  [{ now: "nonsense" }, "`now` should be a date and time in ISO 8601, with a zone", "docs/customise.md"],
  [{ contentDir: 5 }, "`contentDir` should be text", "docs/customise.md"],
])("%o is named with the fix", (options, problem, fix) => {
  const message = messageOf(() => parseOptions(options));
  expect(message).toContain("astro.config.mjs");
  expect(message).toContain(problem);
  expect(message).toContain(fix);
});

test("an option with the path of a missing file is reported", () => {
  expect(messageOf(() => existingFile("/nowhere", "components.Footer", "./src/Footer.astro"))).toContain(
    "names a file that isn't there: ./src/Footer.astro",
  );
});

test("an option with a misspelled file name gets a suggestion", () => {
  const root = blogFolder({ "src/components/Footer.astro": "<p>x</p>\n" });
  expect(messageOf(() => existingFile(root, "components.Footer", "./src/components/Foter.astro"))).toContain(
    'Did you mean "./src/components/Footer.astro"?',
  );
});
