/** Parses dates of exports to ISO 8601 (see {@link SourceDate}); null if invalid. */
import type { SourceDate } from "../archive.ts";

/** `03/17/2008 10:22:00 PM`, with or without AM/PM; two-digit years mean 19xx, as in Movable Type. */
export function movableTypeDate(text: string): SourceDate | null {
  const [, month = "", day = "", year = "", hour = "0", minute = "0", second = "0", half = ""] =
    /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?/i.exec(text) ??
    [];
  if (month === "") return null;
  const isAfternoon = half.toUpperCase() === "PM";
  const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return wallTime(year.length === 2 ? `19${year}` : year, month, day, hours, minute, second);
}

/** `2008-03-17 10:22:00`, as in WordPress; null for year 0000. */
export function sqlDate(text: string, zone = ""): SourceDate | null {
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0"] =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text) ?? [];
  if (year === "" || year === "0000") return null;
  const wall = wallTime(year, month, day, Number(hour), minute, second);
  return wall === null ? null : wall + zone;
}

/** A date that `Date.parse` reads, or seconds or milliseconds since 1970; ISO 8601 without a zone is wall time. */
export function anyDate(value: unknown): SourceDate | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).trim();
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?$/.test(text)) return sqlDate(text);
  const ms = /^\d{9,10}(?:\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : /^\d{12,13}$/.test(text)
      ? Number(text)
      : Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const year = new Date(ms).getUTCFullYear();
  return year >= 1 && year <= 9999 ? new Date(ms).toISOString().replace(".000Z", "Z") : null;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/**
 * `March 17th, 2008 10:22pm` and `March 17, 2008 10:22 AM (GMT+1)`: a time with or without a zone, or only a day.
 */
export function englishDate(text: string): SourceDate | null {
  const [, name = "", day = "", year = "", hour = "", minute = "0", half = "", zone] =
    /\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d\d)\s*([ap]m)?)?(?:\s*\((?:GMT|UTC)([+-]\d{1,2}(?::?\d\d)?)?\))?/i.exec(
      text,
    ) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return null;
  if (hour === "") return wallTime(year, String(month), day, 0, "0", "0")?.slice(0, 10) ?? null;
  const isAfternoon = half.toLowerCase() === "pm";
  const hours = half === "" ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  const wall = wallTime(year, String(month), day, hours, minute, "0");
  return wall === null || !/\((?:GMT|UTC)/i.test(text) ? wall : wall + offsetOf(zone ?? "+0");
}

/** `+1` and `+0530` as `+01:00` and `+05:30`. */
function offsetOf(zone: string): string {
  const [, sign = "+", hours = "0", minutes = "00"] = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone) ?? [];
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}

function wallTime(
  year: string,
  month: string,
  day: string,
  hour: number,
  minute: string,
  second: string,
): SourceDate | null {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, Number(minute), Number(second));
  const date = new Date(ms);
  const isReal =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    hour < 24 &&
    Number(minute) < 60;
  return isReal && Number(year) > 0 ? date.toISOString().slice(0, 19) : null;
}
