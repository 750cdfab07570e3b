/**
 * Parses dates that authors write (with `date-forms.ts`) and formats instants for output. A date without a zone is in
 * the site's zone. The machine's zone and language have no effect, since every `Intl` object here gets both explicitly.
 */

import { isTimeZone } from "../site/values.ts";
import { readDateForm } from "./date-forms.ts";

/** Zone in which dates are shown if the site doesn't set one. */
export const FALLBACK_ZONE = "UTC";

const DATE_TEXT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]+(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: *([Zz]|[+-]\d{2}:?\d{2}))?)?$/;

export type ParsedDate =
  | { readonly isValid: true; /** Instant, ISO 8601 in UTC with milliseconds. */ readonly instant: string }
  | { readonly isValid: false; readonly problem: "format" | "zone" }
  /** No such day or time. `nearest` has the day limited to the month's last, or day and month swapped. */
  | { readonly isValid: false; readonly problem: "calendar"; readonly nearest: string | null }
  /** Ambiguous day and month: the day first, then the month first. */
  | { readonly isValid: false; readonly problem: "ambiguous"; readonly readings: readonly [string, string] }
  /** Two-digit year, with all days that the date can mean. */
  | { readonly isValid: false; readonly problem: "short-year"; readonly readings: readonly string[] }
  /** Without a day; `first` is the first day that it can mean. */
  | { readonly isValid: false; readonly problem: "partial"; readonly first: string };

interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * Parses a date to an instant: `2011-11-10`, `2011-11-10 09:30`, `2011-11-10T09:30:00-05:00`, or any other form that
 * `date-forms.ts` reads.
 *
 * Without a zone it is wall time in `timeZone`; a day without a time means its first moment. A wall time skipped in
 * spring is moved forward by the length of the gap (02:30 becomes 03:30); one that occurs twice in autumn means the
 * first occurrence. (The rules of `Temporal` with `disambiguation: "compatible"`.)
 *
 * @param timeZone IANA name; null if the site sets none, in which case a date without a zone has the problem `zone`.
 */
export function parseDate(text: string, timeZone: string | null): ParsedDate {
  const match = DATE_TEXT.exec(text.trim());
  if (match === null) return parseOtherForm(text, timeZone);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? "0").padEnd(3, "0").slice(0, 3)),
  };
  const isZone = zone === undefined || /^z$/i.test(zone) || Math.abs(Number(zone.slice(0, 3))) <= 14;
  if (!isInCalendar(wall) || !isZone) return { isValid: false, problem: "calendar", nearest: nearestDay(wall) };
  if (zone !== undefined) return instantAt(wall, offsetMs(zone));
  if (timeZone === null) return { isValid: false, problem: "zone" };
  return { isValid: true, instant: new Date(instantInZone(wall, timeZone)).toISOString() };
}

function parseOtherForm(text: string, timeZone: string | null): ParsedDate {
  const form = readDateForm(text);
  switch (form.kind) {
    case "date":
      if (!DATE_TEXT.test(form.text)) return { isValid: false, problem: "format" };
      if (form.zone !== undefined && !isTimeZone(form.zone)) return { isValid: false, problem: "format" };
      return parseDate(form.text, form.zone ?? timeZone);
    case "short-year":
      return { isValid: false, problem: "short-year", readings: form.readings };
    case "ambiguous":
      return { isValid: false, problem: "ambiguous", readings: form.readings };
    case "partial":
      return { isValid: false, problem: "partial", first: form.text };
    case "none":
      return { isValid: false, problem: "format" };
  }
}

/** The date probably meant by an invalid one, such as February 30 or a month above 12. */
function nearestDay({ year, month, day }: WallTime): string | null {
  const isSwapped = month > 12 && day <= 12;
  const [meantMonth, meantDay] = isSwapped ? [day, month] : [month, day];
  if (year === 0 || meantMonth < 1 || meantMonth > 12 || meantDay < 1) return null;
  const last = new Date(utcMs(year, meantMonth + 1, 0)).getUTCDate();
  return `${String(year).padStart(4, "0")}-${twoDigits(meantMonth)}-${twoDigits(Math.min(meantDay, last))}`;
}

/** An instant's wall time in a zone, each part as digits: `{ year: "2011", month: "11", … }`. */
export function partsInZone(instant: string, timeZone: string | null) {
  const ms = Date.parse(instant);
  const wall = new Date(ms + offsetAt(ms, timeZone ?? FALLBACK_ZONE));
  return {
    year: String(wall.getUTCFullYear()).padStart(4, "0"),
    month: twoDigits(wall.getUTCMonth() + 1),
    day: twoDigits(wall.getUTCDate()),
    hour: twoDigits(wall.getUTCHours()),
    minute: twoDigits(wall.getUTCMinutes()),
    second: twoDigits(wall.getUTCSeconds()),
  };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** The day of an instant in a zone: `2011-11-10`. */
export function dayInZone(instant: string, timeZone: string | null): string {
  const { year, month, day } = partsInZone(instant, timeZone);
  return `${year}-${month}-${day}`;
}

/** An instant written with the zone's offset, to the second: `2011-11-10T15:30:00+01:00`; UTC is written `Z`. */
export function isoInZone(instant: string, timeZone: string | null): string {
  const zone = timeZone ?? FALLBACK_ZONE;
  const { year, month, day, hour, minute, second } = partsInZone(instant, zone);
  const offsetMinutes = Math.round(offsetAt(Date.parse(instant), zone) / 60_000);
  const size = Math.abs(offsetMinutes);
  const digits = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const offset = offsetMinutes === 0 ? "Z" : `${offsetMinutes < 0 ? "-" : "+"}${digits}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}

/** The same in the format of mail and RSS (RFC 822): `Thu, 10 Nov 2011 15:30:00 +0100`. */
export function rfc822InZone(instant: string, timeZone: string | null): string {
  const [, date = "", time = "", offset = ""] = /^(.+)T(.{8})(.*)$/.exec(isoInZone(instant, timeZone)) ?? [];
  const [, weekday = "", day = "", month = "", year = ""] =
    /^(\w+), (\d+) (\w+) (\d+)/.exec(new Date(`${date}T00:00:00Z`).toUTCString()) ?? [];
  return `${weekday}, ${day} ${month} ${year} ${time} ${offset === "Z" ? "GMT" : offset.replace(":", "")}`;
}

/** One day: longer than any zone's offset from UTC and any clock change. */
const DAY_MS = 86_400_000;

function instantInZone(wall: WallTime, timeZone: string): number {
  const target = asUtc(wall);
  const offsets = [offsetAt(target - DAY_MS, timeZone), offsetAt(target + DAY_MS, timeZone)];
  const hits = offsets
    .map((offset) => target - offset)
    .filter((ms) => ms + offsetAt(ms, timeZone) === target);
  if (hits.length > 0) return Math.min(...hits);
  return isMidnight(wall) ? firstMomentAfter(target, offsets, timeZone) : target - (offsets[0] ?? 0);
}

/** First instant of a day whose midnight is skipped by a clock change. */
function firstMomentAfter(target: number, offsets: readonly number[], timeZone: string): number {
  let before = target - Math.max(...offsets) - 1;
  let after = target - Math.min(...offsets);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, timeZone) >= target) after = middle;
    else before = middle;
  }
  return after;
}

function isMidnight(wall: WallTime): boolean {
  return wall.hour + wall.minute + wall.second + wall.millisecond === 0;
}

/**
 * Milliseconds by which a zone's wall time is ahead of UTC at an instant. A call to `Intl` takes 10 µs, so the offsets
 * at both ends of each week are cached and used for the whole week if they are equal. (No zone has changed its clock
 * back and forth within a week; dates.test.ts checks this with instants in all zones.)
 */
function offsetAt(ms: number, timeZone: string): number {
  const week = Math.floor(ms / WEEK_MS);
  const start = offsetAtWeek(week, timeZone);
  return start === offsetAtWeek(week + 1, timeZone) ? start : exactOffset(ms, timeZone);
}

const WEEK_MS = 7 * DAY_MS;
const weekOffsets = new Map<string, Map<number, number>>();

function offsetAtWeek(week: number, timeZone: string): number {
  const known = weekOffsets.get(timeZone) ?? new Map<number, number>();
  weekOffsets.set(timeZone, known);
  const offset = known.get(week) ?? exactOffset(week * WEEK_MS, timeZone);
  known.set(week, offset);
  return offset;
}

/** The same offset from `Intl`, without the cache. */
export function exactOffset(ms: number, timeZone: string): number {
  const parts = formatter("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(ms);
  const values = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = values;
  const isBeforeChrist = parts.some(({ type, value }) => type === "era" && value.startsWith("B"));
  const wall = { year: isBeforeChrist ? 1 - year : year, month, day, hour, minute, second, millisecond: 0 };
  return asUtc(wall) - Math.floor(ms / 1000) * 1000;
}

function instantAt(wall: WallTime, offset: number): ParsedDate {
  return { isValid: true, instant: new Date(asUtc(wall) - offset).toISOString() };
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function isInCalendar(wall: WallTime): boolean {
  if (wall.hour > 23 || wall.minute > 59 || wall.second > 59 || wall.year === 0) return false;
  const date = new Date(utcMs(wall.year, wall.month, wall.day));
  return date.getUTCMonth() === wall.month - 1 && date.getUTCDate() === wall.day;
}

function asUtc(wall: WallTime): number {
  const day = utcMs(wall.year, wall.month, wall.day);
  return day + ((wall.hour * 60 + wall.minute) * 60 + wall.second) * 1000 + wall.millisecond;
}

/** Like `Date.UTC`, but months count from 1, and years below 100 aren't moved to the 1900s. */
function utcMs(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Cached, since creating an `Intl` object costs a hundred times as much as using it. */
function formatter(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(lang, options);
  formatters.set(key, made);
  return made;
}
