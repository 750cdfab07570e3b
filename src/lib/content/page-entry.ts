import type { AuthorIssue } from "../author-error.ts";
import type { Made } from "../cache/file-index.ts";
import { checkYaml } from "../yaml/check.ts";
import { divide } from "../yaml/front-matter.ts";
import { readYaml } from "../yaml/source.ts";
import { storeBody } from "./body-entry.ts";
import type { ReadContext } from "./body-entry.ts";
import type { BodyFacts } from "./model.ts";
import { pageSchema } from "./page-schema.ts";
import type { PageFrontMatter } from "./page-schema.ts";
import { POST_KEYS_ELSEWHERE } from "./post-schema.ts";

/** What one page's file says, read by itself; kept between loads. */
export interface PageEntry {
  /** Whole when there are no issues; else what is right in it, so that checks across files can go on. */
  readonly front: Partial<PageFrontMatter>;
  readonly body: BodyFacts;
  readonly issues: readonly AuthorIssue[];
}

/** Reads the file of a page and renders its text. Never throws over what an author wrote. */
export async function readPage(bytes: Buffer, file: string, context: ReadContext): Promise<Made<PageEntry>> {
  const divided = divide(bytes.toString("utf8"));
  const yaml = readYaml(divided.yaml ?? "", file, divided.yamlOffset);
  const { partial: front, issues: found } =
    divided.yaml === null
      ? { partial: {}, issues: [withoutFrontMatter(file)] }
      : checkYaml(pageSchema, yaml, { owner: "a page", otherNames: POST_KEYS_ELSEWHERE });
  const lang = front.lang ?? context.settings.lang;
  const place = { file, source: divided.body, lineOffset: divided.bodyOffset, lang };
  const body = await storeBody(place, context);
  const issues = [...found, ...body.issues, ...(body.facts.kind === "module" ? [ownImports(file)] : [])];
  const value = { front, body: body.facts, issues };
  return { value, isKept: issues.length === 0, others: body.facts.pictures };
}

function withoutFrontMatter(file: string): AuthorIssue {
  return {
    message: "The front matter is missing, or its closing --- is",
    file,
    line: 1,
    hint: "A page begins with it:\n---\ntitle: About this blog\n---",
  };
}

function ownImports(file: string): AuthorIssue {
  return {
    message: "A page can't have imports or expressions of its own",
    file,
    hint: "Posts can. In a page use Markdown and the components of docs/writing.md; write { as \\{.",
  };
}
