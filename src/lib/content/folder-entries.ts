import { existsSync, readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";

/** A file in the author's folder, and the name that the blog uses for it. */
export interface ContentFile {
  /** Slug of a post, note or page, id of an author or series; NFC. Names of nested pages contain slashes. */
  readonly name: string;
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** For a text with versions in other languages: the language in its name, if any, and a key that they all share. */
  readonly version?: { readonly lang: string | null; readonly tie: string };
}

/** A folder in the author's folder, and the lists that collect problems in it. */
export interface Place {
  readonly absolute: string;
  /** Folder that symlinks must not leave, absolute: the project's, or the author's if that is outside the project. */
  readonly root: string;
  /** Path from the project's root. */
  readonly file: string;
  readonly issues: AuthorIssue[];
  /** Files that look like texts but aren't read. */
  readonly leftOut: string[];
}

/** Entries of a folder, without those that start with `.` or `_`. */
export function entriesOf(folder: string): readonly Dirent[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !/^[._]/.test(name));
}

/** Whether an entry is a folder, or a symlink to one. */
export function isFolder(entry: Dirent, parent: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path.join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

