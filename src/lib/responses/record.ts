import * as z from "zod";
import type { AuthorIssue } from "../author-error.ts";
import { locateJson } from "./json-lines.ts";
import type { PostResponse } from "./model.ts";
import { idKey, responseKey, sortedResponses } from "./order.ts";

const PROTOCOLS = [
  "webmention",
  "pingback",
  "trackback",
  "comment",
  "giscus",
  "mastodon",
  "bluesky",
] as const;
const KINDS = ["in-reply-to", "like-of", "repost-of", "bookmark-of", "mention-of", "rsvp"] as const;
const STATUSES = ["approved", "pending", "spam", "deleted"] as const;

const webAddress = z.url({ protocol: /^https?$/, error: "an address beginning with http:// or https://" });
const instant = z.iso.datetime({
  offset: true,
  error: 'a date and time with its zone, as "2026-05-11T09:30:00Z"',
});

/** Whether a text is a valid date and time with time zone for a record; `Date.parse` alone accepts February 30. */
export function isInstant(text: string): boolean {
  return instant.safeParse(text).success && !Number.isNaN(Date.parse(text));
}

const nonEmpty = z.string().min(1, { error: "a text that isn't empty" });
const id = z.union([nonEmpty, z.int()], { error: "a number, or a text that isn't empty" });
const count = z.int({ error: "a whole number above 0" }).positive({ error: "a whole number above 0" });

const photoPath = z
  .string()
  .regex(/^[\w-]+\.(?:webp|png|jpg)$/, { error: "the name of a picture in content/responses/avatars/" });

/** Schema of a stored response; see {@link PostResponse} for the meaning of each key. */
export const responseSchema = z
  .strictObject({
    type: z.literal("entry"),
    "wm-id": id,
    status: z.enum(STATUSES),
    "deleted-by": z.literal("source").optional(),
    suspicion: z.array(z.string()).optional(),
    author: z.strictObject({
      type: z.literal("card"),
      name: z.string(),
      url: webAddress.optional(),
      uid: z
        .string()
        .regex(/^(?:https?:\/\/|did:)\S+$/, { error: "the address or DID of an account" })
        .optional(),
      nickname: z.string().optional(),
      photo: photoPath.optional(),
    }),
    url: webAddress,
    site: z.string().optional(),
    published: instant.optional(),
    updated: instant.optional(),
    name: z.string().optional(),
    content: z.strictObject({ html: z.string().optional(), text: z.string() }).optional(),
    summary: z.string().optional(),
    rsvp: z.enum(["yes", "no", "maybe", "interested"]).optional(),
    attachments: z
      .array(
        z.strictObject({
          type: z.enum(["image", "video", "audio", "link"]),
          url: webAddress,
          alt: z.string(),
          picture: photoPath.optional(),
        }),
      )
      .optional(),
    emoji: z
      .record(z.string().regex(/^[\w-]+$/, { error: "letters, digits, - and _ only" }), photoPath)
      .optional(),
    reactions: z.record(z.string(), count).optional(),
    "in-reply-to": z.string().optional(),
    anchor: z
      .string()
      .regex(/^[\w.:-]+$/, { error: "letters, digits and - _ . : only" })
      .optional(),
    copy: z
      .string()
      .regex(/^(?:https?|at):\/\/\S+$/, { error: "the address of a copy" })
      .optional(),
    "copy-id": nonEmpty.optional(),
    routes: z
      .array(
        z.strictObject({
          "wm-id": id,
          "wm-source": webAddress,
          "wm-protocol": z.enum(PROTOCOLS),
        }),
      )
      .optional(),
    "wm-source": webAddress,
    "wm-target": webAddress,
    "wm-protocol": z.enum(PROTOCOLS),
    "wm-property": z.enum(KINDS),
    "wm-received": instant,
    "wm-private": z.boolean().optional(),
  })
  .refine((record) => record.status === "deleted" || record.author.name.trim() !== "", {
    path: ["author", "name"],
    error: "the name of the person who wrote it (only a deleted record may leave it empty)",
  });

/**
 * Returns the record if the schema accepts it, else null. Other records must not be stored, because no command could
 * read them.
 */
export function storableRecord(record: PostResponse): PostResponse | null {
  const result = responseSchema.safeParse(record);
  return result.success ? result.data : null;
}

const fileSchema = z.strictObject({ type: z.literal("feed"), children: z.array(z.unknown()) });

const EXAMPLE = `A record looks like this:
{
  "type": "entry",
  "wm-id": 1901,
  "status": "approved",
  "author": { "type": "card", "name": "Ada Lovell", "url": "https://ada.example/" },
  "url": "https://ada.example/notes/12",
  "published": "2026-05-11T09:30:00Z",
  "content": { "text": "I had the same with our choir." },
  "wm-source": "https://ada.example/notes/12",
  "wm-target": "https://backfence.example/posts/hello/",
  "wm-protocol": "webmention",
  "wm-property": "in-reply-to",
  "wm-received": "2026-05-11T09:31:10Z"
}`;

export interface ParsedResponses {
  /** Oldest first. Empty if the file as a whole is invalid. */
  readonly records: PostResponse[];
  readonly issues: AuthorIssue[];
}

/**
 * Parses a `content/responses/<slug>.json`. Invalid records are skipped and reported in `issues`, with their lines.
 * Never throws.
 *
 * @param file path relative to the project root, for messages.
 */
export function parseResponseFile(text: string, file: string): ParsedResponses {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const parsed = parseJson(source, file);
  if (!("value" in parsed)) return { records: [], issues: [parsed] };
  const lineOf = lazyLines(source);
  const feed = fileSchema.safeParse(parsed.value);
  if (!feed.success)
    return { records: [], issues: feed.error.issues.map((issue) => fileIssue(issue, file, lineOf)) };
  const issues: AuthorIssue[] = [];
  const records: PostResponse[] = [];
  const seen = new Map<string, number>();
  for (const [index, child] of feed.data.children.entries()) {
    const result = responseSchema.safeParse(child);
    if (!result.success) {
      issues.push(...result.error.issues.map((issue) => recordIssue(issue, index, child, file, lineOf)));
      continue;
    }
    const twin = twinOf(result.data, seen, index);
    if (twin === null) records.push(result.data);
    else issues.push(twinIssue(twin, index, file, lineOf));
  }
  return { records: sortedResponses(records), issues };
}

type LineOf = (path: readonly PropertyKey[]) => number;

/** Locates lines only when there is an error. */
function lazyLines(text: string): LineOf {
  let lineOf: LineOf | null = null;
  return (path) => {
    if (lineOf === null) {
      const places = locateJson(text);
      lineOf = places.isValid ? places.lineOf : () => 1;
    }
    return lineOf(path);
  };
}

function parseJson(text: string, file: string): { readonly value: unknown } | AuthorIssue {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const places = locateJson(text);
    const where = places.isValid ? { line: 1, message: String(error) } : places;
    const hint = /^(?:<{7}|={7}|>{7})/m.test(text)
      ? "The file contains git conflict markers (<<<<<<<). Keep the records of both sides and remove the markers."
      : "Separate records with commas, without one after the last record. Put texts in double quotes.";
    return { message: `This is not valid JSON: ${lowerFirst(where.message)}`, file, line: where.line, hint };
  }
}

function fileIssue(issue: z.core.$ZodIssue, file: string, lineOf: LineOf): AuthorIssue {
  return {
    message: `A response file must be a JF2 feed: ${describe(issue, undefined)}`,
    file,
    line: lineOf(issue.path),
    hint: 'Write { "type": "feed", "children": [ … ] } around the records.',
  };
}

function recordIssue(
  issue: z.core.$ZodIssue,
  index: number,
  child: unknown,
  file: string,
  lineOf: LineOf,
): AuthorIssue {
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = ["children", index, ...issue.path, ...unknownKey];
  const message = `Response ${index + 1}${whose(child)}: ${describe(issue, child)}`;
  return { message, file, line: lineOf(path), hint: EXAMPLE };
}

/** Describes an error as a clause: `"wm-received" must be a date and time …, not "yesterday"`. */
function describe(issue: z.core.$ZodIssue, record: unknown): string {
  if (issue.code === "unrecognized_keys") {
    return `there is no such key as ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
  }
  if (issue.code === "invalid_key") {
    return `the key ${JSON.stringify(issue.path.at(-1))} must be ${issue.issues[0]?.message ?? "another"}`;
  }
  const name = issue.path.length === 0 ? "it" : JSON.stringify(issue.path.map(String).join("."));
  const given = valueAt(record, issue.path);
  if (given === undefined && record !== undefined) return `${name} is missing (${expectation(issue)})`;
  const shown = given === undefined ? "" : `, not ${shorten(JSON.stringify(given) ?? String(given))}`;
  return `${name} must be ${expectation(issue)}${shown}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return issue.values.map((value) => JSON.stringify(value)).join(" or ");
  if (issue.code === "invalid_type") {
    const names: Record<string, string> = {
      string: "a text",
      boolean: "true or false",
      array: "a list [ ]",
      object: "an object { }",
      record: "an object { }",
    };
    const article = /^[aeiou]/.test(issue.expected) ? "an" : "a";
    // Keeps custom messages: for a missing value, zod reports the type, with the format's message.
    return /^(?:an?|the|letters) /.test(issue.message)
      ? issue.message
      : (names[issue.expected] ?? `${article} ${issue.expected}`);
  }
  return lowerFirst(issue.message);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined), value);
}

function whose(child: unknown): string {
  const name = valueAt(child, ["author", "name"]);
  return typeof name === "string" && name !== "" ? ` (by ${shorten(name)})` : "";
}

function twinOf(record: PostResponse, seen: Map<string, number>, index: number): number | null {
  const keys = [idKey(record), `source ${responseKey(record)}`];
  const twin = keys.map((key) => seen.get(key)).find((at) => at !== undefined);
  for (const key of keys) if (!seen.has(key)) seen.set(key, index);
  return twin ?? null;
}

function twinIssue(twin: number, index: number, file: string, lineOf: LineOf): AuthorIssue {
  const first = lineOf(["children", twin]);
  return {
    message: `Response ${index + 1} is a duplicate of the one on line ${first}: same protocol and wm-id, or same source and target`,
    file,
    line: lineOf(["children", index]),
    hint: "Keep one record for each source; keep the newer one if they differ.",
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
