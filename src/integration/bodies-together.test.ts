import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bodiesTogether } from "./bodies-together.ts";

const FILES = {
  "entry.js": `export const load = {
    fine: () => import("./fine.mdx"),
    broken: () => import("./broken.mdx"),
    styled: () => import("./styled.mdx"),
  };`,
  "fine.mdx": `import { word } from "./part.js"; export default word;`,
  "broken.mdx": `import { word } from "./part.js"; throw new Error("broken"); export default word;`,
  "styled.mdx": `import "./red.css"; import { word } from "./part.js"; export default word;`,
  "part.js": `export const word = "fine";`,
  "red.css": `p { color: red }`,
};

const folder = mkdtempSync(path.join(tmpdir(), "bodies-"));
let chunks: readonly Rolldown.OutputChunk[] = [];

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  chunks = await bundle();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The options for the environment in which Astro bundles what it renders. */
async function bundle(): Promise<Rolldown.OutputChunk[]> {
  const { configEnvironment } = bodiesTogether();
  if (typeof configEnvironment !== "function") throw new Error("The plugin configures nothing");
  const given = await Reflect.apply(configEnvironment, {}, ["prerender", {}, {}]);
  const result = await build({
    configFile: false,
    root: folder,
    logLevel: "error",
    build: {
      ssr: path.join(folder, "entry.js"),
      outDir: path.join(folder, "out"),
      rolldownOptions: { ...given.build.rolldownOptions, preserveEntrySignatures: "exports-only" },
    },
  });
  const outputs = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  return outputs.filter((one) => one.type === "chunk");
}

function chunkOf(name: string): string | undefined {
  return chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(name)))?.fileName;
}

test("posts with imports lie in one file, but for those that bring a style sheet", () => {
  expect(chunkOf("fine.mdx")).toBe(chunkOf("broken.mdx"));
  expect(chunkOf("styled.mdx")).not.toBe(chunkOf("fine.mdx"));
});

test("a post whose code fails takes no other down with it", async () => {
  const { load } = await import(pathToFileURL(path.join(folder, "out", chunkOf("entry.js") ?? "")).href);
  expect((await load.fine()).default).toBe("fine");
  expect((await load.styled()).default).toBe("fine");
  await expect(load.broken()).rejects.toThrow("broken");
});
