import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { evaluate } from "satteri";
import { beforeAll, expect, test } from "vitest";
import { AuthorError } from "../author-error.ts";
import { backfencePlugin, sourceKeeper } from "./mdx-plugin.ts";
import type { BodySources } from "./mdx-plugin.ts";
import { testBlog } from "../../../tests/support/markdown-blog.ts";
import type { TestBlog } from "../../../tests/support/markdown-blog.ts";

let blog: TestBlog;
beforeAll(() => {
  blog = testBlog();
});

/** A body with all kinds of content. */
const RICH =
  `A first paragraph with "quotes", a [link](/posts/x/), \\{braces\\}, <b>tags</b>, 2 \\< 3 & a note.[^1]

## A heading with \`code\` & more

<Figure src="./fence.svg" alt="A "fence"" caption="Where it's at" credit="Nell" creditUrl="/authors/nell/" wide />

![A gate](./gate.svg "The gate")

<Quote who="Nell" where="Fences" url="https://n.example/?a=1&b=2">

Hello **you**.

</Quote>

<Quote pull>A *pulled* sentence.</Quote>

<Survey question="Where?" sample={60000} date="2011-07" source="Forrester">

- On *Facebook*: 96
- Leeks: 28.5

</Survey>

<Video title="A talk" src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="./fence.svg" duration="4:12">

Hello.

</Video>

<Video title="A film" src="./talk.mp4" captions="./talk.vtt" />

<SocialPost author="Nell" handle="@nell@x.example" date="2022-11-19T08:14:00Z" url="https://x.example/1">

A post.

</SocialPost>

<Aside type="final">

1. One
2. Two

</Aside>

<Gallery caption="Two">

![A fence](./fence.svg "One")
![A gate](./gate.svg)

</Gallery>

- [x] done
- [ ] to do

| Name | Number |
|:-----|-------:|
| Nell | 1 |

\`\`\`html title="fence.html"
<p class="fence">{not} an expression</p>
\`\`\`

### 日本語 👩‍👩‍👧 عنوان

<details>
<summary>More</summary>

Hidden *text*.

</details>

One<br>two, <https://n.example/>, a < b, $x^2$ for $5 and $10, ==marked==, H~2~O, :smile:, これは**「強調」**です.^[Inline *note*.]

> [!tip]- Folded
> Text

:::warning[Mind]
The step.
:::

$$
\\frac{a}{b}
$$

## Own {#own-id}

[TOC]

Term
: Meaning

\`\`\`ts {1} showLineNumbers
const a = 1; // [!code ++]
\`\`\`

%%private%%

[^1]: The note, with a [link](https://n.example/).
`.replace('alt="A "fence""', "alt='A \"fence\"'");

const sources: BodySources = new Map();

const plugin = (isNote: boolean): ReturnType<typeof backfencePlugin> =>
  backfencePlugin({
    root: blog.root,
    base: "/blog/",
    pictures: blog.pictures,
    langOf: () => "en",
    isNote: () => isNote,
    isContent: () => true,
    sources,
  });

/** A minimal JSX runtime that returns strings. */
const runtime = {
  Fragment: (props: Props) => String(props["set:html"] ?? childrenOf(props)),
  jsx,
  jsxs: jsx,
};
type Props = Readonly<Record<string, unknown>>;

function jsx(type: unknown, props: unknown): string {
  const given: Props = typeof props === "object" && props !== null ? { ...props } : {};
  if (typeof type === "function") return String(type(given));
  const attributes = Object.entries(given)
    .filter(([name, value]) => name !== "children" && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`));
  return `<${String(type)}${attributes.join("")}>${childrenOf(given)}</${String(type)}>`;
}

function childrenOf({ children }: Props): string {
  return [children]
    .flat()
    .map((child) => String(child ?? ""))
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

async function fullWay(text: string, isNote = false): Promise<string> {
  const file = path.join(blog.root, "content/posts/hello/index.mdx");
  const kept = sourceKeeper(sources, () => true).transform.handler(text, file);
  const module = await evaluate(kept ?? text, {
    ...runtime,
    hastPlugins: [plugin(isNote)],
    fileURL: pathToFileURL(file),
    elementAttributeNameCase: "html",
  });
  const content = module["default"];
  if (typeof content !== "function") throw new Error("The compiled body has no content");
  return String(content({ components: { Fragment: runtime.Fragment } }));
}

test("adding an expression to a post leaves the rest of its HTML identical", async () => {
  const plain = await blog.html(RICH, { base: "/blog/" });
  expect(await fullWay(`${RICH}\n{1 + 1}\n`)).toBe(plain.replace("<section class", "2\n<section class"));
});

test("pictures of a note stay marked as photos when an expression is added", async () => {
  const text = "![A gate](./gate.svg)\n\n![A fence](./fence.svg 'One')\n";
  const plain = await blog.html(text, { base: "/blog/", isNote: true });
  expect(plain.match(/u-photo/g)).toHaveLength(2);
  expect(await fullWay(`${text}\n{1 + 1}\n`, true)).toBe(`${plain}\n2`);
});

test("an expression inside a block quote, a list or an aside doesn't change the HTML around it", async () => {
  const text = (inner: string): string =>
    `- one ${inner} **two**\n- three\n\n> quoted ${inner}\n\n<Aside>\n\nAside [x](/y/) ${inner}\n\n</Aside>`;
  const plain = await blog.html(text("2"), { base: "/blog/" });
  expect(await fullWay(text("{1 + 1}"))).toBe(plain);
});

test("errors are also found in posts that Astro compiles", async () => {
  await expect(fullWay('{1 + 1}\n\n<Figure src="./nope.svg" alt="x" />\n\n[x](y)')).rejects.toThrow(
    AuthorError,
  );
});

test("only posts with imports, exports or expressions are compiled by Astro", async () => {
  const isModule = async (text: string): Promise<boolean> => (await blog.render(text)).kind === "module";
  expect(await isModule(RICH)).toBe(false);
  expect(await isModule("{/* a comment */} and \\{braces\\}")).toBe(false);
  expect(await isModule("```js\nimport x from 'y'\n{z}\n```")).toBe(false);
  expect(await isModule("{1 + 1}")).toBe(true);
  expect(await isModule("import Chart from './Chart.astro'\n\n<Chart />")).toBe(true);
  expect(await isModule("export const a = 1")).toBe(true);
  expect(await isModule("<div class={a}>x</div>")).toBe(true);
});

test("an imported component is left to Astro, even with the name of a built-in one", async () => {
  blog.write("content/posts/hello/Figure.astro", "<i>own</i>");
  const { kind, issues, html } = await blog.render(
    'import Figure from "./Figure.astro"\n\n<Figure any={1} />',
  );
  expect({ kind, issues, html }).toEqual({ kind: "module", issues: [], html: null });
});

test("a real Astro build gives the same HTML for a post that it compiles", async () => {
  const { build } = await import("astro");
  const { default: mdx } = await import("@astrojs/mdx");
  const { satteri } = await import("@astrojs/markdown-satteri");
  const nodeModules = path.resolve(import.meta.dirname, "../../../node_modules");
  symlinkSync(nodeModules, path.join(blog.root, "node_modules"));
  mkdirSync(path.join(blog.root, "src/pages"), { recursive: true });
  blog.write("content/posts/hello/Own.astro", "<i>own <slot /></i>");
  const own = 'import Own from "./Own.astro"\n\n';
  writeFileSync(
    path.join(blog.root, "content/posts/hello/index.mdx"),
    `---\ntitle: Hello\n---\n${own}${RICH}\n<Own>**Text** {1 + 1}</Own>\n`,
  );
  writeFileSync(
    path.join(blog.root, "src/pages/index.astro"),
    '---\nimport { Content } from "../../content/posts/hello/index.mdx";\n---\n<main><Content /></main>\n',
  );
  await build({
    root: blog.root,
    base: "/blog/",
    outDir: path.join(blog.root, "dist"),
    logLevel: "silent",
    configFile: false,
    integrations: [mdx()],
    markdown: { syntaxHighlight: false, processor: satteri({ hastPlugins: [plugin(false)] }) },
    vite: { logLevel: "silent", plugins: [sourceKeeper(sources, () => true)] },
  });
  const page = readFileSync(path.join(blog.root, "dist/index.html"), "utf8");
  const body = /<main>([\s\S]*)<\/main>/.exec(page)?.[1] ?? "";
  const plain = await blog.html(RICH, { base: "/blog/" });
  expect(body.trim()).toBe(
    plain.replace("<section class", "<i>own <strong>Text</strong> 2</i>\n<section class").trim(),
  );
});
