/** Formats dates, numbers and lists in a language; created once per language and time zone. */
export interface Formats {
  /** `Monday, March 17, 2008` */
  longDate(iso: string): string;
  /** `March 17, 2008` */
  date(iso: string): string;
  /** `March 17 – June 4, 2008` */
  dateRange(from: string, to: string): string;
  /** `Mar 17` */
  dayMonth(iso: string): string;
  /** `March 17, 2008 at 9:12 AM` */
  dateTime(iso: string): string;
  /** `March 2008` */
  monthOf(year: number, month: number): string;
  /** `March` */
  monthName(month: number): string;
  /** `Mar` */
  shortMonth(month: number): string;
  /** `2008`, with the digits of the language. */
  year(year: number): string;
  number(value: number): string;
  /** `Nell and Ines` */
  list(items: readonly string[]): string;
  /** Separators that `list` puts between the items: `", "`, `", and "`. */
  between(items: readonly string[]): readonly string[];
}

const kept = new Map<string, Formats>();

/**
 * Returns the cached formats of a language and time zone.
 * @param lang BCP 47 tag.
 * @param timeZone IANA time zone of the site; null = UTC.
 */
export function formatsOf(lang: string, timeZone: string | null): Formats {
  const key = `${lang} ${timeZone ?? ""}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = makeFormats(calendarLocale(lang), timeZone ?? "UTC");
  kept.set(key, made);
  return made;
}

/** The locale with the Gregorian calendar, which is used in every language. */
function calendarLocale(lang: string): Intl.Locale {
  return new Intl.Locale(new Intl.Locale(lang).baseName, { calendar: "gregory" });
}

function makeFormats(locale: Intl.Locale, timeZone: string): Formats {
  const local = (options: Intl.DateTimeFormatOptions) => lazily(locale, { ...options, timeZone });
  const fixed = (options: Intl.DateTimeFormatOptions) => lazily(locale, { ...options, timeZone: "UTC" });
  const longDate = local({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const date = local({ day: "numeric", month: "long", year: "numeric" });
  const dayMonth = local({ day: "numeric", month: "short" });
  const dateTime = local({ dateStyle: "long", timeStyle: "short" });
  const month = fixed({ month: "long", year: "numeric" });
  const monthName = fixed({ month: "long" });
  const shortMonth = fixed({ month: "short" });
  const number = new Intl.NumberFormat(locale);
  const yearNumber = new Intl.NumberFormat(locale, { useGrouping: false });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const instant = (year: number, index: number): number => Date.UTC(year, index - 1, 15);
  return {
    longDate: (iso) => longDate().format(Date.parse(iso)),
    date: (iso) => date().format(Date.parse(iso)),
    dateRange: (from, to) => date().formatRange(Date.parse(from), Date.parse(to)),
    dayMonth: (iso) => dayMonth().format(Date.parse(iso)),
    dateTime: (iso) => dateTime().format(Date.parse(iso)),
    monthOf: (year, index) => month().format(instant(year, index)),
    monthName: (index) => monthName().format(instant(2000, index)),
    shortMonth: (index) => shortMonth().format(instant(2000, index)),
    year: (value) => yearNumber.format(value),
    number: (value) => number.format(value),
    list: (items) => list.format(items),
    between: (items) =>
      list
        .formatToParts(items)
        .filter(({ type }) => type === "literal")
        .map(({ value }) => value),
  };
}

function lazily(locale: Intl.Locale, options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  let format: Intl.DateTimeFormat | null = null;
  return () => (format ??= new Intl.DateTimeFormat(locale, options));
}
