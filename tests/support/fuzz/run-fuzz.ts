/**
 * Loads randomly changed texts as posts of a blog. For any text, loading must end in a blog or in errors with a file,
 * no word may be lost, and accepted texts must build.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { random, type Random } from "../../../bench/random.ts";
import { AuthorError, type AuthorIssue } from "../../../src/lib/author-error.ts";
import { FileCache } from "../../../src/lib/cache/file-cache.ts";
import { loadBlog, type LoadedBlog } from "../../../src/lib/content/load-blog.ts";
import { createPictures } from "../../../src/lib/images/image-resolver.ts";
import { renderBody } from "../../../src/lib/markdown/render-body.ts";
import type { Post } from "../../../src/lib/content/model.ts";
import { tryBuild } from "../build.ts";
import { lostWords } from "../lost-words.ts";
import { DRAWING } from "../../fixtures/drawing.ts";
import { mutated } from "./mutate.ts";
import { settledText, type FuzzText } from "./texts.ts";

export interface FuzzFault {
  readonly kind: "crash" | "lost" | "slow" | "placeless" | "build";
  /** Name of the text, seed and ID. */
  readonly from: string;
  readonly detail: string;
  readonly text: string;
}

export interface FuzzOptions {
  readonly texts: readonly FuzzText[];
  /** Number of changed texts. */
  readonly count: number;
  readonly seed: number;
  /** An empty folder inside the repository, as Astro requires. */
  readonly folder: string;
  /** Whether accepted texts are built. */
  readonly builds: boolean;
  /** Maximum time for one text; 5,000 ms by default. */
  readonly mostMs?: number;
}

export interface FuzzResult {
  readonly faults: readonly FuzzFault[];
  readonly accepted: number;
  readonly refused: number;
}

interface Mutant {
  readonly id: string;
  readonly from: string;
  /** Text of the file. */
  readonly text: string;
  /** Text after the front matter. */
  readonly body: string;
  readonly format: FuzzText["format"];
}

const NOW = new Date("2026-06-01T12:00:00Z");

/** Picks `count` texts, changes each, loads and builds them. The same seed gives the same texts. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const mutants = drawn(options);
  const faults: FuzzFault[] = [];
  prepareBlog(options.folder);
  for (const mutant of mutants) faults.push(...(await faultsOfBody(mutant, options)));
  for (const mutant of mutants) writeMutant(options.folder, mutant);
  const { loaded, left } = await readAll(mutants, options.folder, faults);
  if (options.builds && loaded !== null) await buildAll(loaded, left, options.folder, faults);
  return { faults, accepted: left.size, refused: mutants.length - left.size };
}

function drawn({ texts, count, seed }: FuzzOptions): readonly Mutant[] {
  const draw = random(seed);
  const bodies = texts.map(({ body }) => body);
  const heads = texts.map(({ front }) => front).filter((front) => front !== "");
  return Array.from({ length: count }, (_, index): Mutant => {
    const picked = draw.pick(texts);
    const text = draw.chance(0.7) ? settledText(picked) : picked;
    const body = mutated(text.body, bodies, draw);
    const id = `m${seed}x${index}`;
    const front = draw.chance(0.3) && text.front !== "" ? headOf(text.front, heads, draw) : plainHead(id);
    return { id, from: `${text.name}, seed ${seed}, ${id}`, text: front + body, body, format: text.format };
  });
}

function plainHead(id: string): string {
  return `---\ntitle: The mutant ${id}\ndate: 2026-01-02\n---\n`;
}

/** Returns front matter, sometimes changed, without slugs and redirects, because two texts may share them. */
function headOf(front: string, heads: readonly string[], draw: Random): string {
  const kept = front.replaceAll(
    /^["']?(?:slug|permalink|url|aliases?|id|redirect_from|path)["']?\s*[:=].*\n/gim,
    "",
  );
  return draw.chance(0.5) ? kept : mutated(kept, heads, draw);
}

function prepareBlog(folder: string): void {
  const content = path.join(folder, "content");
  mkdirSync(path.join(content, "posts"), { recursive: true });
  const settings = [
    "title: Mutants",
    "url: https://mutants.example/",
    "timeZone: Europe/Berlin",
    "remoteImages: allow",
    "socialPictures: false",
  ];
  writeFileSync(path.join(content, "site.yaml"), `${settings.join("\n")}\n`);
}

function fileOf({ id, format }: Mutant): string {
  return `content/posts/${id}/index.${format}`;
}

function writeMutant(folder: string, mutant: Mutant): void {
  const file = path.join(folder, fileOf(mutant));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, mutant.text);
  writeFileSync(path.join(path.dirname(file), "fence.svg"), DRAWING);
}

async function faultsOfBody(mutant: Mutant, { folder, mostMs = 5000 }: FuzzOptions): Promise<FuzzFault[]> {
  const fault = (kind: FuzzFault["kind"], detail: string): FuzzFault => ({
    ...{ kind, detail, from: mutant.from, text: mutant.body },
  });
  const pictures = createPictures({ root: folder, cache: new FileCache(path.join(folder, "cache/fuzz")) });
  const start = performance.now();
  try {
    const rendered = await renderBody(
      {
        ...{ file: fileOf(mutant), source: mutant.body, lineOffset: 0, lang: "en", base: "/", root: folder },
      },
      pictures,
      { remoteImages: "allow" },
    );
    const ms = performance.now() - start;
    const faults = ms > mostMs ? [fault("slow", `${Math.round(ms)} ms`)] : [];
    // A text with errors isn't published until they are fixed.
    const isShown = rendered.kind === "plain" && rendered.issues.length === 0;
    const lost = isShown ? lostWords(mutant.body, rendered) : [];
    if (lost.length > 0) faults.push(fault("lost", lost.join(" ")));
    if (/[\uFDD0-\uFDD9]/.test(rendered.html ?? "")) faults.push(fault("lost", "a marker is left"));
    return faults;
  } catch (error) {
    return [fault("crash", stackOf(error))];
  }
}

/** Loads the blog repeatedly, removing refused texts, until all remaining texts are accepted. */
async function readAll(
  mutants: readonly Mutant[],
  folder: string,
  faults: FuzzFault[],
): Promise<{ loaded: LoadedBlog | null; left: Map<string, Mutant> }> {
  const left = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  while (left.size > 0) {
    try {
      return { loaded: await load(folder), left };
    } catch (error) {
      const refused = error instanceof AuthorError ? idsIn(error.issues) : [];
      if (!(error instanceof AuthorError) || refused.length === 0) {
        faults.push({
          kind: "crash",
          from: "loading",
          detail: stackOf(error),
          text: [...left.keys()].join(" "),
        });
        return { loaded: null, left };
      }
      for (const { file, message, line } of error.issues)
        if (line === undefined && !/^(?:Two posts|The post|This post)/.test(message))
          faults.push({ kind: "placeless", from: file, detail: message, text: "" });
      for (const id of refused) remove(id, folder, left);
    }
  }
  return { loaded: null, left };
}

function idsIn(issues: readonly AuthorIssue[]): string[] {
  return [
    ...new Set(
      issues.flatMap(({ file, hint }) => /m\d+x\d+/.exec(file)?.[0] ?? /m\d+x\d+/.exec(hint)?.[0] ?? []),
    ),
  ];
}

function remove(id: string, folder: string, left: Map<string, Mutant>): void {
  left.delete(id);
  rmSync(path.join(folder, "content/posts", id), { recursive: true, force: true });
}

function load(folder: string): Promise<LoadedBlog> {
  return loadBlog({ root: folder, mode: "build", now: NOW, cacheDir: path.join(folder, "cache/check") });
}

/** Builds the remaining texts; when a build fails and names a file, repeats it without that file. */
async function buildAll(
  loaded: LoadedBlog,
  left: Map<string, Mutant>,
  folder: string,
  faults: FuzzFault[],
): Promise<void> {
  while (left.size > 0) {
    const { status, output } = await tryBuild({ folder }, [], { TEST_NOW: NOW.toISOString() });
    if (status === 0) break;
    const id = /m\d+x\d+/.exec(output)?.[0];
    const mutant = id === undefined ? undefined : left.get(id);
    faults.push({
      kind: "build",
      from: mutant?.from ?? "building",
      detail: output,
      text: mutant?.text ?? "",
    });
    if (id === undefined || mutant === undefined) return;
    remove(id, folder, left);
  }
  const shown = loaded.blog.posts.filter(({ file }) => left.has(/m\d+x\d+/.exec(file)?.[0] ?? ""));
  for (const post of shown) {
    const mutant = left.get(/m\d+x\d+/.exec(post.file)?.[0] ?? "");
    const detail = faultOfPage(post, folder);
    if (detail !== null)
      faults.push({ kind: "build", from: mutant?.from ?? "", detail, text: mutant?.text ?? "" });
  }
}

function faultOfPage(post: Post, folder: string): string | null {
  const file = path.join(folder, "dist", decodeURI(post.path), "index.html");
  if (!existsSync(file)) return `There is no page at ${post.path}`;
  return readFileSync(file, "utf8").includes("</html>") ? null : `The page at ${post.path} has no end`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Saves the text that caused a fault for inspection. */
export function keepFault(folder: string, fault: FuzzFault, index: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${index}-${fault.kind}.txt`),
    `${fault.from}\n${fault.detail}\n=====\n${fault.text}`,
  );
}
