import { existsSync, readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";

/** A file of the author's and the name by which the blog knows it. */
export interface ContentFile {
  /** Slug of a post, note or page, id of an author or series; NFC. Names of nested pages hold slashes. */
  readonly name: string;
  /** Path from the project's root, forward slashes. */
  readonly file: string;
  /** Of a text with versions in other languages: its language, when its name says so, and what all of them share. */
  readonly version?: { readonly lang: string | null; readonly tie: string };
}

/** A folder below the author's, and where to report what is wrong in it. */
export interface Place {
  readonly absolute: string;
  /** The folder that no link may leave, absolute: the project's, or the author's where that lies elsewhere. */
  readonly root: string;
  /** Path from the project's root. */
  readonly file: string;
  readonly issues: AuthorIssue[];
  /** Files that look like texts and aren't read. */
  readonly leftOut: string[];
}

/** Entries of a folder, without those that start with `.` or `_`. */
export function entriesOf(folder: string): readonly Dirent[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !/^[._]/.test(name));
}

/** Whether an entry is a folder, or a link to one. */
export function isFolder(entry: Dirent, parent: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(path.join(parent, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

