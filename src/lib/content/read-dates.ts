import type { AuthorIssue } from "../author-error.ts";
import { readDateForm } from "./date-forms.ts";
import { dayInZone, parseDate } from "./dates.ts";
import type { ParsedDate } from "./dates.ts";
import { dateInAddress, dateInPath, dayInName } from "./file-date.ts";
import type { ReadHead } from "./front-matter/read-head.ts";
import type { PostFrontMatter } from "./post-schema.ts";

/** Instants; null if missing or invalid. */
export interface PostDates {
  readonly date: string | null;
  readonly updated: string | null;
  readonly expires: string | null;
}

/** Dates of a post from its front matter. A missing `date` is taken from the file's path or the first alias. */
export function readDates(
  { front, source, isReadable }: Pick<ReadHead<PostFrontMatter>, "front" | "source" | "isReadable">,
  timeZone: string | null,
  issues: AuthorIssue[],
): PostDates {
  const { file } = source;
  const isWritten = hasKey(source.data, "date");
  const named = dateInPath(file) ?? dateInAddress(front.aliases?.[0] ?? "") ?? undefined;
  const read = (key: "date" | "updated" | "expires", text: string | undefined): string | null => {
    if (text === undefined) return null;
    const parsed = parseDate(text, timeZone);
    if (parsed.isValid) return parsed.instant;
    const dated = key === "date" && named !== undefined ? withYear(text, named, timeZone) : null;
    if (dated !== null) return dated;
    issues.push({ file, line: source.lineOf([key]), ...dateProblem(key, text, parsed, key === "date" ? named : undefined) });
    return null;
  };
  const date = read("date", isWritten ? front.date : named);
  const updated = read("updated", front.updated);
  const expires = read("expires", front.expires);
  if (!isWritten && named === undefined && front.deleted === undefined && isReadable) {
    const hint = `Say when the post is published:\ndate: ${dayInName(file) ?? "2026-03-01T09:30:00+01:00"}`;
    issues.push({ file, line: source.lineOf([]), message: "`date` is missing", hint });
  }
  if (date !== null && updated !== null && updated < date) {
    issues.push({
      file,
      line: source.lineOf(["updated"]),
      message: `\`updated\` is earlier than \`date\`: ${front.updated ?? ""}`,
      hint: "A post is changed after it was published. Correct one of the two, or remove `updated`.",
    });
  }
  return { date, updated, expires };
}

/** Instant of a date without a year, such as `May 08`, if the day in `named` matches it; else null. */
function withYear(text: string, named: string, timeZone: string | null): string | null {
  const parsed = parseDate(`${text.replaceAll(",", " ").trim()}, ${named.slice(0, 4)}`, timeZone);
  return parsed.isValid && dayInZone(parsed.instant, timeZone) === named ? parsed.instant : null;
}

function hasKey(data: unknown, key: string): boolean {
  return typeof data === "object" && data !== null && Reflect.get(data, key) != null && Reflect.get(data, key) !== "";
}

type Problem = Exclude<ParsedDate, { readonly isValid: true }>;

/** @param named day in the file's path or first alias. */
function dateProblem(key: string, text: string, problem: Problem, named?: string): Pick<AuthorIssue, "message" | "hint"> {
  switch (problem.problem) {
    case "zone":
      return {
        message: `\`${key}\` has no time zone, and the site sets none: ${text}`,
        hint: `Name the site's zone in content/site.yaml:\ntimeZone: Europe/Berlin\nor write the zone here:\n${key}: ${withZone(text)}`,
      };
    case "ambiguous":
      return {
        message: `\`${key}\` can mean two days: ${text}`,
        hint: `Write the one you mean, year first:\n${problem.readings.map((one) => `${key}: ${one}`).join("\nor\n")}`,
      };
    case "short-year":
      return {
        message: `\`${key}\` has a year of two digits: ${text}`,
        hint: `Write the year with four digits, and first:\n${problem.readings.map((one) => `${key}: ${one}`).join("\nor\n")}`,
      };
    case "partial":
      return { message: `\`${key}\` has no day: ${text}`, hint: `Write the day, too:\n${key}: ${problem.first}` };
    case "calendar":
      return {
        message: `\`${key}\` isn't a valid date or time: ${text}`,
        hint: `Months have 28 to 31 days, a day ends at 23:59:59. For example:\n${key}: ${problem.nearest ?? "2026-03-01T09:30:00+01:00"}`,
      };
    case "format": {
      if (/^:?(?:git|fileModTime|last modified|created|today|now|yesterday)\b/i.test(text))
        return {
          message: `\`${key}\` is a word that another program turns into a date: ${text}`,
          hint: `Write the day itself:\n${key}: ${named ?? "2026-03-01 09:30"}`,
        };
      const counted = countedSince1970(text);
      if (counted !== null)
        return {
          message: `\`${key}\` can't be read as a date: ${text}`,
          hint: `If it counts the ${text.length === 10 ? "seconds" : "milliseconds"} since 1970, write:\n${key}: ${counted}`,
        };
      return {
        message: `\`${key}\` can't be read as a date: ${text}`,
        hint: `Write year, month and day, and the time if you like:\n${key}: ${named ?? dayAtStart(text) ?? "2026-03-01 09:30"}`,
      };
    }
  }
}

/** Instant of a Unix timestamp of 10 (seconds) or 13 digits (milliseconds); null for other text. */
function countedSince1970(text: string): string | null {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return null;
  return new Date(Number(text.padEnd(13, "0"))).toISOString().replace(".000Z", "Z");
}

/** The day at the start of a text whose rest can't be parsed; null if there is none. */
function dayAtStart(text: string): string | null {
  const form = readDateForm(/^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)/.exec(text)?.[0] ?? "");
  return form.kind === "date" ? form.text : null;
}

function withZone(text: string): string {
  const form = readDateForm(text);
  const trimmed = (form.kind === "date" ? form.text : text).trim().replace(/[tT ]+/, "T");
  return `${trimmed.includes("T") ? trimmed : `${trimmed}T00:00:00`}+01:00`;
}
