/** Converts dates from the forms that people and other programs use to the one that `parseDate` reads. */

/** Meaning of a date as written. */
export type DateReading =
  /** `YYYY-MM-DD`, then perhaps ` HH:MM:SS.fff` and an offset; `zone` is an IANA name given instead of an offset. */
  | { readonly kind: "date"; readonly text: string; readonly zone?: string }
  /** Ambiguous day and month: the day first, then the month first. */
  | { readonly kind: "ambiguous"; readonly readings: readonly [string, string] }
  /** Two-digit year, with all days that the date can mean. */
  | { readonly kind: "short-year"; readonly readings: readonly string[] }
  /** Only a year, or a year and a month; `text` is its first day. */
  | { readonly kind: "partial"; readonly text: string }
  | { readonly kind: "none" };

const ZONE = String.raw`(?:Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|UT|UTC|GMT|[ECMP][SD]T|CES?T|EES?T|WES?T|JST)`;
const TIME = String.raw`(?:[T,\s]+(?:at\s+)?(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?)?\s*([ap]\.?m\.?)?\s*(${ZONE})?(?:\s*\(([^)]*)\)|\s*\[!?([\w/+ -]+)\]|\s([A-Z]\w+(?:\/[\w+-]+)+))?)?`;
const WEEKDAY = String.raw`(?:\p{L}{2,12}\.?,?\s+)?`;
const ORDINAL = String.raw`(?:st|nd|rd|th|er|\.|º)?`;

const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, "iu");
const COMPACT = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${TIME}$`, "iu");
/** ISO 8601 basic format, which has no separators. */
const COMPACT_TIME = /^(\d{8})T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?$/i;
/** The day of a year, 001 to 366. */
const ORDINAL_DAY = /^(\d{4})-(\d{3})$/;
const TIME_FIRST = /^(\d{1,2}:\d{2}(?::\d{2})?),?\s+(\d{4}-\d{1,2}-\d{1,2})$/;
const YEAR_MONTH_DAY = new RegExp(String.raw`^(\d{4}),?[\s-]+(\p{L}{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?${TIME}$`, "iu");
/** Chinese, Japanese, Korean. */
const NAMED_PARTS = new RegExp(String.raw`^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]${TIME}$`, "iu");
const WEEK = /^(\d{4})-?W(\d{2})-?([1-7])$/i;
const SHORT_YEAR = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2})$/;
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4})${TIME}$`, "iu");
const DAY_MONTH = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})${ORDINAL}[\s-]+(?:de\s+|of\s+)?(\p{L}{3,12})\.?,?[\s-]+(?:de\s+)?(\d{4})(?:\s?(?:г|r)\.)?${TIME}$`,
  "iu",
);
const MONTH_DAY = new RegExp(String.raw`^${WEEKDAY}(\p{L}{3,12})\.?\s+(\d{1,2})${ORDINAL},?\s+(\d{4})${TIME}$`, "iu");
const YEAR_AT_END = new RegExp(
  String.raw`^\p{L}{3}\s+(\p{L}{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}:\d{2})\s+(?:(${ZONE})\s+)?(\d{4})$`,
  "iu",
);
const MONTH_ONLY = /^(\d{4})(?:[-/](\d{1,2}))?$/;
const NAMED_MONTH_ONLY = /^(\p{L}{3,12})\.?,?\s+(?:de\s+)?(\d{4})$/u;

/** Parses a date without checking that the day and time exist. */
export function readDateForm(written: string): DateReading {
  const text = written
    .replace(/^\s*(?:\[\[)?["'“”„‘’«»]*|["'“”„‘’«»]*(?:\]\])?[;,]?\s*$/g, "")
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/(?<=^\s*\d{4}\/\d{1,2}\/\d{1,2})\/\s*$/, "")
    .replace(/(?<=^\s*\d{4}-\d{2}-\d{2})-(\d{2})-(\d{2})(?:-(\d{2}))?\s*$/, (_, hour: string, minute: string, second?: string) => ` ${hour}:${minute}:${second ?? "00"}`)
    .trim()
    .replaceAll(/[\s_]+/g, " ");
  const iso = YEAR_FIRST.exec(text);
  if (iso !== null) return dateOf(iso[1], iso[3], iso[4], iso.slice(5));
  const parts = NAMED_PARTS.exec(text);
  if (parts !== null) return dateOf(parts[1], parts[2], parts[3], parts.slice(4));
  const week = WEEK.exec(text);
  if (week !== null) return weekDay(Number(week[1]), Number(week[2]), Number(week[3]));
  const [, digits, ...basic] = COMPACT_TIME.exec(text) ?? [];
  if (digits !== undefined && isLikelyYear(digits.slice(0, 4))) {
    const [hour, minute, second, zone] = basic;
    return dateOf(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6), [hour, minute, second, undefined, undefined, zone]);
  }
  const ordinal = ORDINAL_DAY.exec(text);
  if (ordinal !== null) return dayOfYear(Number(ordinal[1]), Number(ordinal[2]));
  const timeFirst = TIME_FIRST.exec(text);
  if (timeFirst !== null) return readDateForm(`${timeFirst[2] ?? ""} ${timeFirst[1] ?? ""}`);
  const short = SHORT_YEAR.exec(text);
  if (short !== null) return shortYear(short);
  const compact = COMPACT.exec(text);
  if (compact !== null && isLikelyYear(compact[1])) return dateOf(compact[1], compact[2], compact[3], compact.slice(4));
  const last = YEAR_LAST.exec(text);
  if (last !== null) return yearLast(last);
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth !== null) return named(dayMonth[3], dayMonth[2], dayMonth[1], dayMonth.slice(4));
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay !== null) return named(monthDay[3], monthDay[1], monthDay[2], monthDay.slice(4));
  const yearMonthDay = YEAR_MONTH_DAY.exec(text);
  if (yearMonthDay !== null) return named(yearMonthDay[1], yearMonthDay[2], yearMonthDay[3], yearMonthDay.slice(4));
  const unix = YEAR_AT_END.exec(text);
  if (unix !== null) {
    const [hour, minute, second] = (unix[3] ?? "").split(":");
    return named(unix[5], unix[1], unix[2], [hour, minute, second, undefined, undefined, unix[4]]);
  }
  const partial = MONTH_ONLY.exec(text);
  if (partial !== null && isLikelyYear(partial[1]))
    return { kind: "partial", text: `${partial[1] ?? ""}-${two(partial[2] ?? "1")}-01` };
  const month = NAMED_MONTH_ONLY.exec(text);
  const first = month === null ? null : named(month[2], month[1], "1", []);
  return first?.kind === "date" ? { kind: "partial", text: first.text } : { kind: "none" };
}

function isLikelyYear(year: string | undefined): boolean {
  return Number(year) >= 1900 && Number(year) <= 2199;
}

/** ISO 8601: week 1 contains January 4; day 1 is Monday. */
function weekDay(year: number, week: number, day: number): DateReading {
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const date = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + day - 1));
  return week >= 1 && week <= 53 ? { kind: "date", text: date.toISOString().slice(0, 10) } : { kind: "none" };
}

function dayOfYear(year: number, day: number): DateReading {
  const date = new Date(Date.UTC(year, 0, day));
  const isThere = day >= 1 && date.getUTCFullYear() === year;
  return isThere ? { kind: "date", text: date.toISOString().slice(0, 10) } : { kind: "none" };
}

/** With dots the day comes first; with slashes the day or the month; with hyphens the year or the day. */
function shortYear([, first = "", sign = "", second = "", third = ""]: RegExpExecArray): DateReading {
  const full = (year: string): string => `${Number(year) < 70 ? "20" : "19"}${two(year)}`;
  const orders: Readonly<Record<string, readonly (readonly [year: string, month: string, day: string])[]>> = {
    ".": [[third, second, first]],
    "/": [
      [third, first, second],
      [third, second, first],
    ],
    "-": [
      [first, second, third],
      [third, second, first],
    ],
  };
  const days = (orders[sign] ?? []).filter(([, month, day]) => Number(month) <= 12 && Number(day) <= 31);
  const readings = days.map(([year, month, day]) => `${full(year)}-${two(month)}-${two(day)}`);
  return readings.length === 0 ? { kind: "none" } : { kind: "short-year", readings: [...new Set(readings)] };
}

type Time = readonly (string | undefined)[];

/** With dots, the day comes first; with other separators, a number above 12 is the day. */
function yearLast([, first = "", sign, second = "", year, ...time]: RegExpExecArray): DateReading {
  if (sign === "." || Number(first) > 12) return dateOf(year, second, first, time);
  if (Number(second) > 12) return dateOf(year, first, second, time);
  const dayFirst = dateOf(year, second, first, time);
  const monthFirst = dateOf(year, first, second, time);
  if (dayFirst.kind !== "date" || monthFirst.kind !== "date" || dayFirst.text === monthFirst.text) return dayFirst;
  return { kind: "ambiguous", readings: [dayFirst.text, monthFirst.text] };
}

function named(year: string | undefined, month: string | undefined, day: string | undefined, time: Time): DateReading {
  const number = monthNumber(month ?? "");
  return number === null ? { kind: "none" } : dateOf(year, String(number), day, time);
}

function dateOf(year = "", month = "", day = "", [hour, minute, second, fraction, half, offset, remark, ...names]: Time): DateReading {
  const date = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined) return { kind: "date", text: date };
  if (minute === undefined && half === undefined) return { kind: "none" };
  // A zone name in parentheses adds nothing to an offset, and can't be parsed without one.
  if (remark !== undefined && offset === undefined) return { kind: "none" };
  const time = `${two(hourOf(hour, half))}:${minute ?? "00"}${second === undefined ? "" : `:${second}`}`;
  const rest = `${fraction === undefined ? "" : `.${fraction}`}${offset === undefined ? "" : offsetOf(offset)}`;
  const text = `${date} ${time}${second === undefined && fraction !== undefined ? ":00" : ""}${rest}`;
  const zone = names.find((name) => name !== undefined)?.replaceAll(" ", "_");
  return { kind: "date", text, ...(offset === undefined && zone !== undefined ? { zone } : {}) };
}

/** 12 am is midnight, 12 pm is noon, 22 pm is 22. 13 am becomes hour 99, which `parseDate` rejects. */
function hourOf(hour: string, half: string | undefined): string {
  if (half !== undefined && Number(hour) > 12 && half.toLowerCase().startsWith("a")) return "99";
  if (half === undefined || Number(hour) > 12 || Number(hour) === 0) return hour;
  return String((Number(hour) % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0));
}

/** Zones of RFC 822, section 5.1, and of Europe and Japan. Ambiguous abbreviations such as IST are left out. */
const ZONES: Readonly<Record<string, string>> = {
  Z: "Z",
  UT: "Z",
  UTC: "Z",
  GMT: "Z",
  WET: "+00:00",
  WEST: "+01:00",
  CET: "+01:00",
  CEST: "+02:00",
  EET: "+02:00",
  EEST: "+03:00",
  JST: "+09:00",
  EST: "-05:00",
  EDT: "-04:00",
  CST: "-06:00",
  CDT: "-05:00",
  MST: "-07:00",
  MDT: "-06:00",
  PST: "-08:00",
  PDT: "-07:00",
};

function offsetOf(zone: string): string {
  const known = ZONES[zone.toUpperCase()];
  if (known !== undefined) return known;
  const [, sign = "+", hours = "0", minutes = "00"] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${sign}${two(hours)}:${minutes}`;
}

function two(digits: string): string {
  return digits.padStart(2, "0");
}

const NAMED_IN = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ru", "uk", "tr", "ro"];

/** Month number (1 to 12) for a full name or one cut to at least three letters, in the most common blog languages. */
function monthNumber(name: string): number | null {
  const wanted = plainLetters(name);
  for (const lang of NAMED_IN) {
    const forms = monthNames(lang);
    const exact = forms.findIndex((months) => months.includes(wanted));
    const cut = forms.flatMap((months, at) => (months.some((month) => month.startsWith(wanted)) ? [at] : []));
    if (exact !== -1) return exact + 1;
    if (wanted.length >= 3 && cut.length === 1) return (cut[0] ?? 0) + 1;
  }
  return wanted === "sept" ? 9 : null;
}

const namesByLanguage = new Map<string, readonly (readonly string[])[]>();

/** Names of each month: standalone, and as written next to a day, since some languages inflect it there. */
function monthNames(lang: string): readonly (readonly string[])[] {
  const known = namesByLanguage.get(lang);
  if (known !== undefined) return known;
  const alone = new Intl.DateTimeFormat(lang, { month: "long", timeZone: "UTC" });
  const withDay = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", timeZone: "UTC" });
  const names = Array.from({ length: 12 }, (_, month) => {
    const day = Date.UTC(2024, month, 15);
    const besideDay = withDay.formatToParts(day).find(({ type }) => type === "month")?.value ?? "";
    return [alone.format(day), besideDay].map(plainLetters);
  });
  namesByLanguage.set(lang, names);
  return names;
}

function plainLetters(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
