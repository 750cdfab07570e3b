import type { AuthorIssue } from "../author-error.ts";
import type { Made } from "../cache/file-index.ts";
import { typeset } from "../markdown/typography.ts";
import { checkYaml } from "../yaml/check.ts";
import { decodeText } from "../yaml/decode-text.ts";
import { readYaml, unreadable } from "../yaml/source.ts";
import { authorAccount } from "./author-accounts.ts";
import { authorSchema } from "./author-schema.ts";
import type { AuthorFile } from "./author-schema.ts";
import type { ReadContext } from "./body-entry.ts";
import type { Author, PictureRef } from "./model.ts";
import { findPicture } from "./picture-ref.ts";

/** Contents of an author's file; cached between loads. */
export interface AuthorEntry {
  /** Null when there are issues. */
  readonly author: Omit<Author, "id" | "file"> | null;
  readonly issues: readonly AuthorIssue[];
}

const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  avatar: 'Here it\'s called `photo`:\nphoto: { src: ./example-author.svg, alt: "Example Author, drawn in ink" }',
  image: 'Here it\'s called `photo`:\nphoto: { src: ./example-author.svg, alt: "Example Author, drawn in ink" }',
  description: "Here it's called `bio`.",
  url: "Here it's one of the `links`:\nlinks: [{ label: Website, url: https://author.example/ }]",
};

/** Reads an author's file and renders the bio. Errors in the file are returned as issues, never thrown. */
export async function readAuthor(
  bytes: Buffer,
  file: string,
  context: ReadContext,
): Promise<Made<AuthorEntry>> {
  const { text, issue } = decodeText(bytes, file);
  const yaml = issue === null ? readYaml(text, file) : unreadable(issue);
  const { value, issues } = checkYaml(authorSchema, yaml, { owner: "an author", otherNames: KEYS_ELSEWHERE });
  if (value === null) return { value: { author: null, issues }, isKept: false, others: [] };
  const bio = await readBio(value, file, yaml.lineOf(["bio"]), context);
  const photo = await readPhoto(value, file, yaml.lineOf(["photo", "src"]), context);
  const all = [...bio.issues, ...photo.issues];
  const author = {
    name: value.name,
    short: typeset(value.short, context.settings.lang),
    bioHtml: bio.html,
    isGuest: value.guest,
    photo: photo.ref,
    links: value.links,
    accounts: value.accounts.map(authorAccount),
  };
  const others = [...bio.pictures, ...(photo.ref === null ? [] : [photo.ref.file])];
  return {
    value: { author: all.length === 0 ? author : null, issues: all },
    isKept: all.length === 0,
    others,
  };
}

async function readBio(author: AuthorFile, file: string, line: number, context: ReadContext) {
  if (author.bio === "") return { html: "", pictures: [], issues: [] };
  const { root, base, settings, pictures } = context;
  const { lang, words } = settings;
  const source = { file, source: author.bio, lineOffset: line, lang, words, base, root };
  const { html, pictures: shown, issues } = await context.render(source, pictures);
  const foreign: AuthorIssue = {
    message: "A bio can't contain imports or expressions",
    file,
    line,
    hint: "Use Markdown; write { as \\{.",
  };
  return { html: html ?? "", pictures: shown, issues: html === null ? [...issues, foreign] : issues };
}

async function readPhoto(
  author: AuthorFile,
  file: string,
  line: number,
  context: ReadContext,
): Promise<{ ref: PictureRef | null; issues: readonly AuthorIssue[] }> {
  if (author.photo === undefined) return { ref: null, issues: [] };
  const { ref, issue } = await findPicture(author.photo, { file, line }, context);
  return { ref, issues: issue === null ? [] : [issue] };
}
