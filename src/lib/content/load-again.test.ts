import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { blogFolder, change, load, NOW, post, SVG } from "../../../tests/support/blog-folder.ts";
import type { Files } from "../../../tests/support/blog-folder.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { AuthorError } from "../author-error.ts";
import { readBody } from "../markdown/body-file.ts";
import type { LoadOptions } from "./load-blog.ts";

const words = fc.constantFrom("fence", "garden", "neighbour", "letter", "tomato", "ping");
const text = fc.array(words, { minLength: 1, maxLength: 6 }).map((list) => list.join(" "));
const slugs = ["one", "two", "three", "four"];
const slug = fc.constantFrom(...slugs);
const tag = fc.constantFrom("privacy", "customers", "feeds");

const written = fc
  .record({
    title: text,
    tag,
    isDraft: fc.boolean(),
    hasCover: fc.boolean(),
    day: fc.integer({ min: 1, max: 9 }),
    body: text,
    to: slug,
  })
  .map(({ title, tag: label, isDraft, hasCover, day, body, to }) =>
    post(
      `title: ${title}\ndate: 2026-0${day}-01\ntags: [${label}]\ndraft: ${isDraft}\n${hasCover ? "cover: { src: ./p.svg, alt: P }\n" : ""}`,
      `## Part\n\n${body} ![P](./p.svg) [${to}](/posts/${to}/#part)\n`,
    ),
  );

function file(name: string, value: string | null): Files {
  return { [name]: value };
}

/** One change by an author between two builds. */
const step: fc.Arbitrary<Files> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(slug, written).map(([name, value]) => file(`content/posts/${name}.mdx`, value)),
  },
  slug.map((name) => file(`content/posts/${name}.mdx`, null)),
  slug.map((name) => file(`content/posts/${name}.mdx`, post("deleted: 2026-01-02"))),
  fc.constantFrom("40", "80").map((width) => file("content/posts/p.svg", SVG.replace('"40"', `"${width}"`))),
  text.map((bio) => file("content/authors/nell.yaml", `name: Nell\nbio: ${bio}\n`)),
  text.map((bio) => file("content/pages/about.mdx", `---\ntitle: About\n---\n${bio}\n`)),
  fc
    .constantFrom("Europe/Berlin", "Asia/Tokyo")
    .map((zone) => file("content/site.yaml", `title: T\ntimeZone: ${zone}\n`)),
  slug.map((name) => file(`content/responses/${name}.json`, '{ "type": "feed", "children": [] }\n')),
  slug.map((name) => file(`content/responses/${name}.json`, null)),
);

/** Complete result of a load, including bodies, or its error message. */
async function outcome(root: string, options: Partial<LoadOptions>): Promise<unknown> {
  try {
    const { blog, related, notes, store } = await load(root, options);
    const bodies = [...blog.posts, ...blog.pages].map(({ body }) => readBody(store.bodies, body.key));
    // Only a build with the cache of the last one can report addresses that are gone.
    const lasting = notes.filter((note) => !note.includes("of the last build is gone"));
    return { blog, related, notes: lasting, bodies };
  } catch (error) {
    if (error instanceof AuthorError) return error.message;
    throw error;
  }
}

test(
  "after any changes by an author, the next build equals a clean one",
  { timeout: 120_000 },
  async () => {
    const moments = fc.constantFrom(NOW, new Date("2026-04-15T00:00:00Z"), new Date("2027-01-01T00:00:00Z"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, moments), { minLength: 1, maxLength: 5 }), async (steps) => {
        const start = slugs.map((name) => [`content/posts/${name}.mdx`, post("", "## Part\n\nWords.\n")]);
        const root = blogFolder({ ...Object.fromEntries(start), "content/posts/p.svg": SVG });
        await outcome(root, {});
        for (const [place, [files, now]] of steps.entries()) {
          change(root, files);
          const again = await outcome(root, { now });
          expect(again).toEqual(await outcome(root, { now, cacheDir: path.join(root, `clean-${place}`) }));
        }
      }),
      propertyRuns(6),
    );
  },
);

test("a new text that makes a cached wikilink ambiguous is reported by the next build", async () => {
  const to = (name: string) => ({ [`content/posts/${name}.md`]: post("", "Words.\n") });
  const root = blogFolder({ ...to("2024/target"), "content/posts/from.md": post("", "See [[target]].\n") });
  await load(root);
  change(root, to("2025/target"));
  await expect(load(root)).rejects.toThrow("Several texts are named target");
  change(root, { "content/posts/2024/target.md": null });
  const { blog } = await load(root);
  expect(blog.posts.map(({ file }) => file).sort()).toEqual(["content/posts/2025/target.md", "content/posts/from.md"]);
});
