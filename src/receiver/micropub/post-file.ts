/** Reads and changes the files of posts. Changes preserve comments, key order and everything else. */
import { isMap, parseDocument, visit } from "yaml";
import { postSchema } from "../../lib/content/post-schema.ts";
import { isRecord } from "../../lib/content/front-matter/convert.ts";
import { translateHead } from "../../lib/content/front-matter/read-head.ts";
import { fixFrontMatter } from "../../lib/content/fix/fix-front-matter.ts";
import { divide } from "../../lib/yaml/front-matter.ts";
import { readFrontMatter } from "../../lib/yaml/read-front-matter.ts";
import type { ContentFile } from "../content/content-store.ts";
import type { Micropub, WrittenText } from "../context.ts";
import { invalid } from "./micropub-error.ts";

export interface PostFile {
  readonly file: ContentFile;
  /** Front matter, with Backfence's keys. */
  readonly front: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Parses the file of a post; null when its front matter is invalid. */
export function readPostFile(file: ContentFile): PostFile | null {
  const divided = divide(new TextDecoder().decode(file.bytes));
  const source = readFrontMatter(divided, file.path);
  if (divided.closesAt !== null || source.issues.length > 0) return null;
  const { data } = translateHead(source, "post").source;
  return { file, front: isRecord(data) ? data : {}, body: divided.body };
}

/** New values by key; undefined removes the key. */
export type HeadChanges = Readonly<Record<string, unknown>>;

/**
 * The text of a file with changed front matter or a new body.
 * @param body null to keep the current one.
 * @throws MicropubError when the front matter isn't YAML with `---` marks, or isn't a map.
 */
export function changedText({ file }: PostFile, changes: HeadChanges, body: string | null): string {
  const raw = new TextDecoder().decode(file.bytes);
  // Rename keys of other generators to Backfence's, so that a changed key doesn't exist twice.
  const text = fixFrontMatter(raw, file.path, "post")?.text ?? raw;
  const divided = divide(text);
  if (divided.format !== "yaml") throw invalid("Front matter in TOML or without marks can't be changed here");
  const document = parseDocument(divided.head ?? "", { schema: "core" });
  if (document.contents !== null && !isMap(document.contents))
    throw invalid("The front matter of this post can't be changed here");
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) document.delete(key);
    else document.set(key, document.createNode(value));
  }
  visit(document, {
    Seq: (_key, node) => {
      if (node.range === undefined) node.flow = JSON.stringify(node.toJSON()).length < 80;
    },
  });
  const head = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `---\n${head === "{}\n" ? "" : head}---\n\n${body ?? divided.body.replace(/^\n+/, "")}`;
}

/** @throws MicropubError when the text would make a build fail. */
export async function checkText({ textProblems }: Micropub, text: WrittenText): Promise<void> {
  const [first] = await textProblems(text);
  if (first !== undefined) throw invalid(first);
}

/** @throws MicropubError when the front matter would make a build fail. */
export function checkFrontMatter(front: Readonly<Record<string, unknown>>): void {
  const present = Object.entries(front).filter(([, value]) => value !== undefined);
  const { error } = postSchema.safeParse(Object.fromEntries(present));
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) throw invalid(`${issue.path.join(".")}: ${issue.message}`);
  if (front["rsvp"] !== undefined && front["inReplyTo"] === undefined)
    throw invalid("An rsvp needs in-reply-to, the address of the invitation");
}
