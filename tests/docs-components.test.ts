/** Builds a blog with every example in `docs/customise/*.md` of a component that replaces one of Backfence's. */
import { appendFileSync, cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { COMPONENTS } from "../src/integration/components.ts";
import { root } from "./support/build.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";

interface Example {
  readonly name: string;
  /** File of the original component, relative to `components/`. */
  readonly original: string;
  readonly props: readonly string[];
  /** Front matter of the example. */
  readonly front: string;
  readonly markup: string;
}

const examples = globSync("docs/customise/*.md", { cwd: root })
  .sort()
  .flatMap((file) => examplesIn(readFileSync(path.join(root, file), "utf8")));

/** Returns the examples in sections that name a component's file. */
function examplesIn(markdown: string): Example[] {
  const section = /^###? (\w+)\n\n(.+?)\n\n```astro\n([^]*?)^```$/gm;
  return [...markdown.matchAll(section)].flatMap(([, name = "", about = "", code = ""]) => {
    const [, original, props = ""] = /`([\w/]+\.astro)` gets ([^]*)\.$/.exec(about) ?? [];
    if (original === undefined) return [];
    const [, front = "", markup = code] = /^---\n([^]*?)^---\n([^]*)$/m.exec(code) ?? [];
    const names = [...props.replaceAll(/\([^)]*\)/g, "").matchAll(/`(\w+)`/g)].map(([, prop = ""]) => prop);
    return [{ name, original, props: names, front, markup }];
  });
}

/** Returns the example's file according to the page, with a marker at the end. */
function sourceOf({ name, original, props, front, markup }: Example): string {
  const lines = [
    'import type { ComponentProps } from "astro/types";',
    `import Default from "backfence/components/${original}";`,
    front,
    "type Props = ComponentProps<typeof Default>;",
    `const { ${props.join(", ")} } = Astro.props;`,
  ];
  return `---\n${lines.join("\n")}\n---\n\n${markup}\n<!-- ${name} -->\n`.replaceAll(
    '"backfence/',
    `"${path.join(root, "src")}/`,
  );
}

/** Builds a blog with some of the examples. @returns the HTML of all its pages. */
async function pagesWith(used: readonly Example[]): Promise<string[]> {
  const folder = tempSiteFolder();
  cpSync(path.join(root, "tests/fixtures/picture-blog"), folder, { recursive: true });
  appendFileSync(path.join(folder, "content/site.yaml"), "socialPictures: false\n");
  const posts = path.join(folder, "content/posts");
  writeFileSync(
    path.join(posts, "answer.md"),
    "---\ntitle: An answer\ndate: 2019-05-01T10:00:00Z\nauthors: [mara]\ntags: [whales]\n" +
      "inReplyTo: https://elsewhere.example/whales\n---\n\nSomething entirely different.\n",
  );
  mkdirSync(path.join(folder, "src"));
  for (const example of used)
    writeFileSync(path.join(folder, `src/${example.name}.astro`), sourceOf(example));
  const components = Object.fromEntries(used.map(({ name }) => [name, `./src/${name}.astro`]));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  writeFileSync(
    path.join(folder, "astro.config.mjs"),
    `import backfence from ${JSON.stringify(path.join(root, "src/index.ts"))};\n` +
      `export default { integrations: [backfence({ components: ${JSON.stringify(components)} })] };\n`,
  );
  await buildNew({ folder });
  return globSync("dist/**/*.html", { cwd: folder }).map((file) =>
    readFileSync(path.join(folder, file), "utf8"),
  );
}

/** Whether a component is a complete page; the components in it are replaced together with it. */
const isPage = ({ name }: Example): boolean => name.endsWith("Page");

test("each component has an example with its actual file and props", () => {
  expect(examples.map(({ name }) => name).sort()).toEqual(Object.keys(COMPONENTS).sort());
  for (const { name, original, props } of examples) {
    const file = Object.entries(COMPONENTS).find(([one]) => one === name)?.[1];
    expect(`components/${original}`, name).toBe(file);
    const source = readFileSync(path.join(root, "src/components", original), "utf8");
    const declared = /^interface Props \{\n([^]*?)^\}/m.exec(source)?.[1] ?? "";
    const names = [...declared.matchAll(/^ {2}(\w+)\??:/gm)].map(([, prop]) => prop);
    expect(props, name).toEqual(names);
  }
});

describe.each([
  ["parts of pages", examples.filter((example) => !isPage(example))],
  ["pages", examples.filter(isPage)],
])("%s", (_, used) => {
  let pages: string[] = [];
  beforeAll(async () => {
    pages = await pagesWith(used);
  }, 180_000);

  test.each(used)("$name is shown", ({ name }) => {
    expect(pages.some((html) => html.includes(`<!-- ${name} -->`))).toBe(true);
  });
});
