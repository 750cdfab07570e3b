import { existsSync } from "node:fs";
import path from "node:path";
import { slugOf } from "../site/slug.ts";
import type { BodySource } from "./body-context.ts";

const TEXT_NAME = /\.(?:mdx?|markdown)$/i;
const ENDINGS = [".mdx", ".md", "/index.mdx", "/index.md"];
const FOLDERS = ["content/posts", "content/notes", "content/pages"];

/** Whether an address ends with the extension of a text file. */
export function isTextName(address: string): boolean {
  return TEXT_NAME.test(address.replace(/[?#].*$/s, ""));
}

/** Resolves a text's address relative to another text, with or without its extension; null if no file exists. */
export function textFileAt(address: string, source: Pick<BodySource, "file" | "root">): string | null {
  const [, zola] = /^@\/(.+?)(?:\/_?index)?\.md(?=[?#]|$)/i.exec(address) ?? [];
  const byName = zola?.split("/").at(-1);
  // Zola's paths start at its content folder, which has a different structure.
  if (byName !== undefined) return textFileNamed(decoded(byName), source);
  const folder = address.startsWith("/") ? "content" : path.posix.dirname(source.file);
  const stem = path.posix.join(folder, decoded(address)).replace(/\/$/, "");
  const stems = [stem.replace(/\/index(?=\.mdx?$)/i, "").replace(TEXT_NAME, "")];
  // A post in its own folder is one level deeper than links in other programs assume.
  if (/\/index\.\w+$/.test(source.file) && !address.startsWith("/"))
    stems.push(path.posix.join(folder, "..", decoded(address)).replace(TEXT_NAME, ""));
  return firstFile(stems, source.root);
}

/** Finds a text by its name alone, as in wikilinks; null if no file exists. */
export function textFileNamed(name: string, source: Pick<BodySource, "file" | "root">): string | null {
  const plain = name.trim().replace(TEXT_NAME, "");
  const names = [...new Set([plain, plain.toLowerCase(), slugOf(plain)])].filter((one) => one !== "");
  const here = path.posix.dirname(source.file);
  const folders = [here, path.posix.dirname(here), ...FOLDERS, "content"];
  return firstFile(
    folders.flatMap((folder) => names.map((one) => path.posix.join(folder, one))),
    source.root,
  );
}

function firstFile(stems: readonly string[], root: string): string | null {
  for (const stem of stems) {
    if (!stem.startsWith("content/") && !stem.includes("/content/")) continue;
    const ending = ENDINGS.find((one) => existsSync(path.join(root, stem + one)));
    if (ending !== undefined) return stem + ending;
  }
  return null;
}

function decoded(address: string): string {
  const written = address.replace(/[?#].*$/s, "");
  try {
    return decodeURIComponent(written);
  } catch (error) {
    if (error instanceof URIError) return written;
    throw error;
  }
}

/** Default page address of a text: the type of its folder, and its name without a leading date; null outside these. */
export function usualAddress(file: string): string | null {
  const stem = file.replace(TEXT_NAME, "").replace(/\/index$/i, "");
  const [, kind = "", name = ""] = /(?:^|\/)content\/(posts|notes|pages)\/(?:.*\/)?([^/]+)$/.exec(stem) ?? [];
  if (name === "") return null;
  const slug = name.replace(/^\d{4}-\d{1,2}-\d{1,2}-(?=.)/, "");
  return kind === "pages" ? `/${slug}/` : `/${kind}/${slug}/`;
}
