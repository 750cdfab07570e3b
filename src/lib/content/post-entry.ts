import type { AuthorIssue } from "../author-error.ts";
import type { Made } from "../cache/file-index.ts";
import { checkYaml } from "../yaml/check.ts";
import { divide } from "../yaml/front-matter.ts";
import type { Divided } from "../yaml/front-matter.ts";
import { readYaml } from "../yaml/source.ts";
import type { YamlSource } from "../yaml/source.ts";
import { storeBody } from "./body-entry.ts";
import type { ReadContext } from "./body-entry.ts";
import { parseDate } from "./dates.ts";
import type { BodyFacts, PictureRef } from "./model.ts";
import { findPicture } from "./picture-ref.ts";
import { POST_KEYS_ELSEWHERE, postSchema } from "./post-schema.ts";
import type { PostFrontMatter } from "./post-schema.ts";
import { termsOf, writeTerms } from "./terms.ts";

/** What one post's file says, read by itself; kept between loads. */
export interface PostEntry {
  /** Whole when there are no issues; else what is right in it, so that checks across files can go on. */
  readonly front: Partial<PostFrontMatter>;
  /** Instants; null where there is none or it's wrong. */
  readonly date: string | null;
  readonly updated: string | null;
  readonly cover: PictureRef | null;
  /** Null for a post that was taken down. */
  readonly body: BodyFacts | null;
  /** From `writeTerms`. */
  readonly terms: string;
  readonly issues: readonly AuthorIssue[];
}

/** Reads the file of a post and renders its text. Never throws over what an author wrote. */
export async function readPost(bytes: Buffer, file: string, context: ReadContext): Promise<Made<PostEntry>> {
  const divided = divide(bytes.toString("utf8"));
  const yaml = readYaml(divided.yaml ?? "", file, divided.yamlOffset);
  const checked = checkFrontMatter(divided, yaml);
  const front = checked.partial;
  const issues = [...checked.issues];
  const dates = readDates(front, yaml, context.settings.timeZone, issues);
  const cover = await readCover(front, yaml, context, issues);
  const isDeleted = front.deleted !== undefined;
  const lang = front.lang ?? context.settings.lang;
  const place = { file, source: divided.body, lineOffset: divided.bodyOffset, lang };
  const body = isDeleted ? null : await storeBody(place, context);
  issues.push(...(body?.issues ?? []));
  const { title = "", description = "", tags = [] } = front;
  const terms = writeTerms(termsOf({ title, description, tags, text: body?.text ?? "" }));
  const value: PostEntry = { front, ...dates, cover, body: body?.facts ?? null, terms, issues };
  const others = [...(body?.facts.pictures ?? []), ...(cover === null ? [] : [cover.file])];
  return { value, isKept: issues.length === 0, others };
}

function checkFrontMatter(divided: Divided, yaml: YamlSource) {
  if (divided.yaml !== null)
    return checkYaml(postSchema, yaml, { owner: "a post", otherNames: POST_KEYS_ELSEWHERE });
  const issue: AuthorIssue = {
    message: "The front matter is missing, or its closing --- is",
    file: yaml.file,
    line: 1,
    hint: "A post begins with it:\n---\ntitle: Over the fence\ndate: 2026-03-01\n---",
  };
  return { value: null, partial: {}, issues: [issue] };
}

function readDates(
  front: Partial<PostFrontMatter>,
  yaml: YamlSource,
  timeZone: string | null,
  issues: AuthorIssue[],
): { date: string | null; updated: string | null } {
  const read = (key: "date" | "updated"): string | null => {
    const text = front[key];
    if (text === undefined) return null;
    const parsed = parseDate(text, timeZone);
    if (parsed.isValid) return parsed.instant;
    issues.push({ file: yaml.file, line: yaml.lineOf([key]), ...dateProblem(key, text, parsed.problem) });
    return null;
  };
  const date = read("date");
  const updated = read("updated");
  if (front.date === undefined && front.deleted === undefined && issues.length === 0) {
    const hint = "Say when the post is published:\ndate: 2026-03-01T09:30:00+01:00";
    issues.push({ file: yaml.file, line: yaml.lineOf([]), message: "`date` is missing", hint });
  }
  if (date !== null && updated !== null && updated < date) {
    issues.push({
      file: yaml.file,
      line: yaml.lineOf(["updated"]),
      message: `\`updated\` lies before \`date\`: ${front.updated ?? ""}`,
      hint: "A post is changed after it was published. Correct one of the two, or remove `updated`.",
    });
  }
  return { date, updated };
}

function dateProblem(key: string, text: string, problem: "format" | "calendar" | "zone") {
  if (problem === "zone") {
    return {
      message: `\`${key}\` has no time zone, and the site names none: ${text}`,
      hint: `Name the site's zone in content/site.yaml:\ntimeZone: Europe/Berlin\nor write the zone here:\n${key}: ${withZone(text)}`,
    };
  }
  return {
    message: `\`${key}\` is no day of the calendar, or no time of the day: ${text}`,
    hint: `Months have 28 to 31 days, a day ends at 23:59:59. For example:\n${key}: 2026-03-01T09:30:00+01:00`,
  };
}

function withZone(text: string): string {
  const trimmed = text.trim().replace(/[tT ]+/, "T");
  return `${trimmed.includes("T") ? trimmed : `${trimmed}T00:00:00`}+01:00`;
}

async function readCover(
  front: Partial<PostFrontMatter>,
  yaml: YamlSource,
  context: ReadContext,
  issues: AuthorIssue[],
): Promise<PictureRef | null> {
  if (front.cover === undefined || front.deleted !== undefined) return null;
  const found = await findPicture(
    front.cover,
    { file: yaml.file, line: yaml.lineOf(["cover", "src"]) },
    context,
  );
  if (found.issue !== null) issues.push(found.issue);
  return found.ref;
}
